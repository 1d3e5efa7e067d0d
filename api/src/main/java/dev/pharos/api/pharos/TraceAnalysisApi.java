package dev.pharos.api.pharos;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.Json;
import dev.pharos.insight.trace.Move;
import dev.pharos.insight.trace.TraceAnalysis;
import dev.pharos.insight.trace.Verdict;
import dev.pharos.model.Ids;
import dev.pharos.model.SpanBatch;
import dev.pharos.query.QueryContext;
import dev.pharos.query.traceql.SweepCost;
import dev.pharos.query.traceql.TraceqlEngine;
import dev.pharos.store.read.TraceReader;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/// The route of what one trace tells by itself. Any thread.
public final class TraceAnalysisApi {
  private final TraceqlEngine engine;
  private final Tenants tenants;
  private final QuerySlots slots;

  public TraceAnalysisApi(TraceReader traces, Tenants tenants, QuerySlots slots) {
    this.engine = new TraceqlEngine(traces);
    this.tenants = tenants;
    this.slots = slots;
  }

  /// @param prefix of all paths, without a trailing slash
  public List<Route> routes(String prefix) {
    return new ApiRoutes(prefix, new PharosErrors())
        .get("/api/v1/traces/{id}", this::analysis)
        .routes();
  }

  private void analysis(HttpRequest request, HttpReply reply) {
    long began = System.nanoTime();
    String id = request.pathParameter("id");
    long hi = Ids.traceHi(id);
    long lo = Ids.traceLo(id);
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      SpanBatch spans = engine.trace(hi, lo, context);
      if (spans.rows() == 0) {
        PharosErrors.send(reply, 404, "no span of trace " + id + " is stored");
        return;
      }
      context.reserve(spans.sizeBytes());
      TraceAnalysis analysis = TraceAnalysis.of(spans);
      Json.send(
          reply,
          200,
          json -> {
            json.writeStartObject();
            json.writeStringProperty("traceId", Ids.traceHex(hi, lo));
            write(json, analysis);
            Costs.write(json, began, new SweepCost(spans.rows(), 0, 0));
            json.writeEndObject();
          });
    }
  }

  private static void write(JsonGenerator json, TraceAnalysis analysis) {
    json.writeNumberProperty("spans", analysis.spans());
    json.writeStringProperty("startNanos", Long.toString(analysis.startNanos()));
    json.writeNumberProperty("durationNanos", analysis.durationNanos());
    json.writeArrayPropertyStart("criticalPath");
    for (TraceAnalysis.Stretch stretch : analysis.criticalPath()) {
      json.writeStartObject();
      json.writeStringProperty("spanId", Ids.spanHex(stretch.span()));
      json.writeNumberProperty("fromNanos", stretch.fromNanos());
      json.writeNumberProperty("toNanos", stretch.toNanos());
      json.writeEndObject();
    }
    json.writeEndArray();
    id(json, "errorOrigin", analysis.errorOrigin());
    ids(json, "errorPath", analysis.errorPath());
    json.writeArrayPropertyStart("runs");
    for (TraceAnalysis.Run run : analysis.runs()) {
      json.writeStartObject();
      id(json, "parent", run.parent());
      json.writeStringProperty("service", run.service());
      json.writeStringProperty("name", run.name());
      json.writeStringProperty("status", run.failed() ? "error" : "ok");
      ids(json, "spans", run.spans());
      json.writeNumberProperty("p50Nanos", run.p50Nanos());
      json.writeNumberProperty("maxNanos", run.maxNanos());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("services");
    for (TraceAnalysis.ServiceTime service : analysis.services()) {
      json.writeStartObject();
      json.writeStringProperty("service", service.service());
      json.writeNumberProperty("selfNanos", service.selfNanos());
      json.writeNumberProperty("criticalNanos", service.criticalNanos());
      json.writeNumberProperty("spans", service.spans());
      json.writeNumberProperty("errors", service.errors());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("moves");
    for (Move move : analysis.moves()) {
      json.writeStartObject();
      json.writeStringProperty("spanId", Ids.spanHex(move.span()));
      json.writeNumberProperty("nanos", move.nanos());
      json.writeEndObject();
    }
    json.writeEndArray();
    analysis
        .verdict()
        .ifPresentOrElse(one -> write(json, one), () -> json.writeNullProperty("verdict"));
  }

  private static void write(JsonGenerator json, Verdict verdict) {
    json.writeObjectPropertyStart("verdict");
    json.writeStringProperty("service", verdict.service());
    json.writeStringProperty("name", verdict.name());
    json.writeNumberProperty("nanos", verdict.nanos());
    ids(json, "spans", verdict.spans());
    json.writeNumberProperty("failed", verdict.failed());
    json.writeStringProperty("message", verdict.message());
    json.writeEndObject();
  }

  private static void id(JsonGenerator json, String name, OptionalLong id) {
    if (id.isPresent()) {
      json.writeStringProperty(name, Ids.spanHex(id.getAsLong()));
    } else {
      json.writeNullProperty(name);
    }
  }

  private static void ids(JsonGenerator json, String name, List<Long> ids) {
    json.writeArrayPropertyStart(name);
    ids.forEach(id -> json.writeString(Ids.spanHex(id)));
    json.writeEndArray();
  }
}
