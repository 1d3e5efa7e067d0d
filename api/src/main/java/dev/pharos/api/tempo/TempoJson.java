package dev.pharos.api.tempo;

import dev.pharos.model.Ids;
import dev.pharos.query.traceql.SearchResult;
import dev.pharos.query.traceql.syntax.Literal;
import tools.jackson.core.JsonGenerator;

/// Search answers in Tempo's JSON: 64-bit numbers as texts, zeros and empty texts left out.
final class TempoJson {
  private static final String NO_ROOT = "<root span not yet received>";

  private TempoJson() {}

  static void search(JsonGenerator json, SearchResult result) {
    json.writeStartObject();
    json.writeArrayPropertyStart("traces");
    result.traces().forEach(trace -> trace(json, trace));
    json.writeEndArray();
    json.writeObjectPropertyStart("metrics");
    json.writeNumberProperty("inspectedTraces", result.traces().size());
    json.writeStringProperty("inspectedSpans", Long.toString(result.inspectedSpans()));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void trace(JsonGenerator json, SearchResult.TraceMatch trace) {
    json.writeStartObject();
    String id = Ids.traceHex(trace.traceHi(), trace.traceLo()).replaceFirst("^0+", "");
    json.writeStringProperty("traceID", id);
    json.writeStringProperty("rootServiceName", trace.rootService().orElse(NO_ROOT));
    if (trace.rootName().isPresent()) {
      json.writeStringProperty("rootTraceName", trace.rootName().get());
    }
    json.writeStringProperty("startTimeUnixNano", Long.toString(trace.startNanos()));
    if (trace.durationNanos() >= 1_000_000) {
      json.writeNumberProperty("durationMs", trace.durationNanos() / 1_000_000);
    }
    if (!trace.spanSets().isEmpty()) {
      json.writeName("spanSet");
      spanSet(json, trace.spanSets().getFirst());
      json.writeArrayPropertyStart("spanSets");
      trace.spanSets().forEach(set -> spanSet(json, set));
      json.writeEndArray();
    }
    json.writeObjectPropertyStart("serviceStats");
    trace
        .services()
        .forEach(
            (service, stats) -> {
              json.writeObjectPropertyStart(service);
              json.writeNumberProperty("spanCount", stats.spans());
              if (stats.errors() > 0) {
                json.writeNumberProperty("errorCount", stats.errors());
              }
              json.writeEndObject();
            });
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void spanSet(JsonGenerator json, SearchResult.SpanSet set) {
    json.writeStartObject();
    json.writeArrayPropertyStart("spans");
    for (SearchResult.FoundSpan span : set.spans()) {
      json.writeStartObject();
      json.writeStringProperty("spanID", Ids.spanHex(span.spanId()));
      span.name().ifPresent(name -> json.writeStringProperty("name", name));
      json.writeStringProperty("startTimeUnixNano", Long.toString(span.startNanos()));
      json.writeStringProperty("durationNanos", Long.toString(span.durationNanos()));
      attributes(json, span.attributes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("matched", set.matched());
    attributes(json, set.attributes());
    json.writeEndObject();
  }

  private static void attributes(
      JsonGenerator json, java.util.List<SearchResult.Attribute> attributes) {
    if (attributes.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("attributes");
    for (SearchResult.Attribute attribute : attributes) {
      json.writeStartObject();
      json.writeStringProperty("key", attribute.key());
      json.writeObjectPropertyStart("value");
      value(json, attribute.value());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void value(JsonGenerator json, Literal value) {
    switch (value) {
      case Literal.Text(String text) -> json.writeStringProperty("stringValue", text);
      case Literal.Int(long number) -> json.writeStringProperty("intValue", Long.toString(number));
      case Literal.Float(double number) -> json.writeNumberProperty("doubleValue", number);
      case Literal.Bool(boolean truth) -> json.writeBooleanProperty("boolValue", truth);
      default -> json.writeStringProperty("stringValue", value.toString());
    }
  }
}
