package dev.pharos.api.pharos;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.QuerySlots;
import dev.pharos.api.Tenants;
import dev.pharos.api.json.Json;
import dev.pharos.insight.structure.Node;
import dev.pharos.insight.structure.Structure;
import dev.pharos.insight.structure.Structures;
import dev.pharos.model.Ids;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.traceql.syntax.Literal;
import dev.pharos.store.read.TraceReader;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// The route of what traces have in common: the tree of their operations. Any thread.
public final class StructureApi {
  private static final int NODES = 200;
  private static final int MAX_NODES = 2_000;

  private final Structures structures;
  private final Tenants tenants;
  private final QuerySlots slots;

  /// @param pool where blocks are read
  public StructureApi(TraceReader traces, ScanPool pool, Tenants tenants, QuerySlots slots) {
    this.structures = new Structures(traces, pool);
    this.tenants = tenants;
    this.slots = slots;
  }

  /// @param prefix of all paths, without a trailing slash
  public List<Route> routes(String prefix) {
    return new ApiRoutes(prefix, new PharosErrors()).get("/api/v1/structure", this::tell).routes();
  }

  private void tell(HttpRequest request, HttpReply reply) {
    long began = System.nanoTime();
    var parameters = new PharosParameters(request);
    long start = parameters.startNanos();
    long end = parameters.endNanos();
    int limit = parameters.number("limit", NODES, 1, MAX_NODES);
    try (QueryContext context = slots.open(request, tenants.of(request))) {
      Structure structure = structures.of(Spans.filter(parameters), start, end, limit, context);
      Json.send(reply, 200, json -> write(json, structure, began));
    }
  }

  private static void write(JsonGenerator json, Structure structure, long began) {
    json.writeStartObject();
    json.writeNumberProperty("traces", structure.traces());
    json.writeNumberProperty("oneIn", structure.oneIn());
    json.writeNumberProperty("spans", structure.spans());
    json.writeNumberProperty("selfNanos", structure.selfNanos());
    json.writeArrayPropertyStart("nodes");
    for (Node node : structure.nodes()) {
      json.writeStartObject();
      json.writeNumberProperty("parent", node.parent());
      json.writeStringProperty("service", node.service());
      json.writeStringProperty("name", node.name());
      json.writeStringProperty("kind", kind(node.kind()));
      json.writeNumberProperty("spans", node.spans());
      json.writeNumberProperty("traces", node.traces());
      json.writeNumberProperty("errors", node.errors());
      json.writeNumberProperty("nanos", node.nanos());
      json.writeNumberProperty("selfNanos", node.selfNanos());
      json.writeStringProperty("traceId", Ids.traceHex(node.traceHi(), node.traceLo()));
      json.writeStringProperty("spanId", Ids.spanHex(node.spanId()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("found", structure.found());
    json.writeBooleanProperty("complete", structure.complete());
    Costs.write(json, began, structure.cost());
    json.writeEndObject();
  }

  private static String kind(int kind) {
    Literal.Kind[] kinds = Literal.Kind.values();
    return kinds[kind >= 0 && kind < kinds.length ? kind : 0].toString();
  }
}
