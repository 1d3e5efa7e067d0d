package dev.pharos.api.jaeger;

import dev.pharos.api.json.Attributes;
import dev.pharos.model.AttributeRows;
import dev.pharos.model.EventRows;
import dev.pharos.model.Ids;
import dev.pharos.model.LinkRows;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.Symbols;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// One trace in the JSON of Jaeger's query API. Times are microseconds; the mapping from OTLP is that of Jaeger 2
/// (status `error` becomes the tag `error`, the kind `span.kind`, the scope `otel.scope.*`, events become logs).
record JaegerTrace(SpanBatch spans) {
  private static final String SERVICE = "service.name";
  private static final String[] KINDS = {
    "", "internal", "server", "client", "producer", "consumer"
  };

  /// Writes the element of `data`. The spans are of one trace, at least one.
  void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("traceID", Ids.traceHex(spans.traceHi()[0], spans.traceLo()[0]));
    json.writeArrayPropertyStart("spans");
    for (int row = 0; row < spans.rows(); row++) {
      span(json, row);
    }
    json.writeEndArray();
    json.writeObjectPropertyStart("processes");
    for (int resource = 0; resource < spans.resources().size(); resource++) {
      process(json, resource);
    }
    json.writeEndObject();
    json.writeNullProperty("warnings");
    json.writeEndObject();
  }

  private void process(JsonGenerator json, int resource) {
    AttributeRows attributes = spans.resources().attributes();
    json.writeObjectPropertyStart("p" + (resource + 1));
    json.writeStringProperty(
        "serviceName",
        Attributes.text(attributes, resource, spans.symbols(), SERVICE)
            .orElse("OTLPResourceNoServiceName"));
    json.writeArrayPropertyStart("tags");
    new JaegerTags(json).attributes(attributes, resource, spans.symbols(), Set.of(SERVICE));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void span(JsonGenerator json, int row) {
    long startMicros = spans.startNanos()[row] / 1_000;
    json.writeStartObject();
    json.writeStringProperty("traceID", Ids.traceHex(spans.traceHi()[row], spans.traceLo()[row]));
    json.writeStringProperty("spanID", Ids.spanHex(spans.spanId()[row]));
    json.writeNumberProperty("flags", spans.flags()[row] & 0xff);
    json.writeStringProperty("operationName", spans.symbols().text(spans.name()[row]));
    references(json, row);
    json.writeNumberProperty("startTime", startMicros);
    json.writeNumberProperty(
        "duration", Math.max(0, spans.endNanos()[row] - spans.startNanos()[row]) / 1_000);
    tags(json, row);
    logs(json, row);
    json.writeStringProperty("processID", "p" + (spans.resource()[row] + 1));
    json.writeNullProperty("warnings");
    json.writeEndObject();
  }

  private void references(JsonGenerator json, int row) {
    json.writeArrayPropertyStart("references");
    long parent = spans.parentSpanId()[row];
    if (parent != 0) {
      reference(json, "CHILD_OF", spans.traceHi()[row], spans.traceLo()[row], parent);
    }
    LinkRows links = spans.links();
    for (int i = row == 0 ? 0 : spans.linkEnds()[row - 1]; i < spans.linkEnds()[row]; i++) {
      reference(json, "FOLLOWS_FROM", links.traceHi()[i], links.traceLo()[i], links.spanId()[i]);
    }
    json.writeEndArray();
  }

  private static void reference(
      JsonGenerator json, String type, long traceHi, long traceLo, long span) {
    json.writeStartObject();
    json.writeStringProperty("refType", type);
    json.writeStringProperty("traceID", Ids.traceHex(traceHi, traceLo));
    json.writeStringProperty("spanID", Ids.spanHex(span));
    json.writeEndObject();
  }

  private void tags(JsonGenerator json, int row) {
    Symbols symbols = spans.symbols();
    var tags = new JaegerTags(json);
    json.writeArrayPropertyStart("tags");
    int scope = spans.scope()[row];
    textTag(tags, "otel.scope.name", spans.scopes().name(scope));
    textTag(tags, "otel.scope.version", spans.scopes().version(scope));
    tags.attributes(spans.scopes().attributes(), scope, symbols, Set.of());
    tags.attributes(spans.attributes(), row, symbols, Set.of());
    int kind = spans.kind()[row];
    if (kind > 0 && kind < KINDS.length) {
      tags.text("span.kind", KINDS[kind]);
    }
    switch (spans.statusCode()[row]) {
      case 1 -> tags.text("otel.status_code", "OK");
      case 2 -> {
        tags.text("otel.status_code", "ERROR");
        tags.bool("error", true);
      }
      default -> {}
    }
    textTag(tags, "otel.status_description", spans.statusMessage()[row]);
    textTag(tags, "w3c.tracestate", spans.traceState()[row]);
    json.writeEndArray();
  }

  private void textTag(JaegerTags tags, String key, int symbol) {
    if (symbol != 0) {
      tags.text(key, spans.symbols().text(symbol));
    }
  }

  private void logs(JsonGenerator json, int row) {
    EventRows events = spans.events();
    json.writeArrayPropertyStart("logs");
    for (int i = row == 0 ? 0 : spans.eventEnds()[row - 1]; i < spans.eventEnds()[row]; i++) {
      json.writeStartObject();
      json.writeNumberProperty("timestamp", events.timeNanos()[i] / 1_000);
      json.writeArrayPropertyStart("fields");
      var fields = new JaegerTags(json);
      textTag(fields, "event", events.name()[i]);
      fields.attributes(events.attributes(), i, spans.symbols(), Set.of());
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
