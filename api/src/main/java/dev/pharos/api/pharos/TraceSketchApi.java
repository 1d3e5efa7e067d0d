package dev.pharos.api.pharos;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.Json;
import dev.pharos.insight.trace.TraceSketch;
import dev.pharos.model.Ids;
import dev.pharos.model.SpanBatch;
import dev.pharos.query.QueryContext;
import dev.pharos.query.traceql.SweepCost;
import dev.pharos.query.traceql.TraceqlEngine;
import dev.pharos.store.read.TraceReader;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;

/// The route of traces in small, many in one request, as lists show them. Any thread.
///
/// Traces that are not stored, or that were not read in 300 ms, are left out.
public final class TraceSketchApi {
  private static final int MOST = 100;
  private static final Duration CAP = Duration.ofMillis(300);

  private final TraceqlEngine engine;
  private final Tenants tenants;
  private final QuerySlots slots;

  public TraceSketchApi(TraceReader traces, Tenants tenants, QuerySlots slots) {
    this.engine = new TraceqlEngine(traces);
    this.tenants = tenants;
    this.slots = slots;
  }

  /// @param prefix of all paths, without a trailing slash
  public List<Route> routes(String prefix) {
    return new ApiRoutes(prefix, new PharosErrors())
        .get("/api/v1/sketches", this::sketches)
        .routes();
  }

  private void sketches(HttpRequest request, HttpReply reply) {
    long began = System.nanoTime();
    Set<String> ids = ids(new PharosParameters(request).text("ids"));
    Map<String, TraceSketch> found = new LinkedHashMap<>();
    long rows = 0;
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      for (String id : ids) {
        if (System.nanoTime() - began > CAP.toNanos()) {
          break;
        }
        SpanBatch spans = engine.trace(Ids.traceHi(id), Ids.traceLo(id), context);
        if (spans.rows() > 0) {
          context.reserve(spans.sizeBytes());
          found.put(id, TraceSketch.of(spans));
          context.release(spans.sizeBytes());
          rows += spans.rows();
        }
      }
    }
    SweepCost cost = new SweepCost(rows, 0, 0);
    Json.send(reply, 200, json -> write(json, found, cost, began));
  }

  private static Set<String> ids(String list) {
    Set<String> ids = new TreeSet<>();
    for (String id : list.split(",")) {
      if (!id.isBlank()) {
        ids.add(id.strip());
      }
    }
    if (ids.isEmpty() || ids.size() > MOST) {
      throw new IllegalArgumentException(
          "ids: %d ids of traces (expected: 1 to %d, with commas between)"
              .formatted(ids.size(), MOST));
    }
    return ids;
  }

  private static void write(
      JsonGenerator json, Map<String, TraceSketch> found, SweepCost cost, long began) {
    json.writeStartObject();
    json.writeArrayPropertyStart("traces");
    found.forEach(
        (id, sketch) -> {
          json.writeStartObject();
          json.writeStringProperty("traceId", id);
          json.writeNumberProperty("durationNanos", sketch.durationNanos());
          json.writeArrayPropertyStart("bars");
          for (TraceSketch.Bar bar : sketch.bars()) {
            json.writeStartObject();
            json.writeStringProperty("service", bar.service());
            json.writeNumberProperty("fromNanos", bar.fromNanos());
            json.writeNumberProperty("toNanos", bar.toNanos());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
    json.writeEndArray();
    Costs.write(json, began, cost);
    json.writeEndObject();
  }
}
