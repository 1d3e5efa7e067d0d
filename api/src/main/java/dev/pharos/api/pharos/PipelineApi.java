package dev.pharos.api.pharos;

import dev.pharos.api.ApiRoutes;
import dev.pharos.api.json.Json;
import dev.pharos.query.traceql.SweepCost;
import dev.pharos.transport.HttpReply;
import dev.pharos.transport.HttpRequest;
import dev.pharos.transport.Route;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/// The route of the pipelines as they run. It knows no tenants: the process is the same for all. Any thread.
public final class PipelineApi {
  private final PipelineState.Source source;
  private final Clock clock;

  public PipelineApi(PipelineState.Source source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /// @param prefix of all paths, without a trailing slash
  public List<Route> routes(String prefix) {
    return new ApiRoutes(prefix, new PharosErrors())
        .get("/api/v1/pipeline", this::pipeline)
        .routes();
  }

  private void pipeline(HttpRequest request, HttpReply reply) {
    long began = System.nanoTime();
    PipelineState state = source.get();
    Json.send(
        reply,
        200,
        json -> {
          json.writeStartObject();
          json.writeNumberProperty("time", clock.millis());
          json.writeArrayPropertyStart("configuration");
          state.configuration().forEach(json::writeString);
          json.writeEndArray();
          json.writeArrayPropertyStart("nodes");
          state.nodes().forEach(node -> node(json, node));
          json.writeEndArray();
          json.writeArrayPropertyStart("edges");
          state.edges().forEach(edge -> edge(json, edge));
          json.writeEndArray();
          json.writeBooleanProperty("consistent", state.consistent());
          Costs.write(json, began, SweepCost.NONE);
          json.writeEndObject();
        });
  }

  private static void node(JsonGenerator json, PipelineState.Node node) {
    json.writeStartObject();
    json.writeStringProperty("id", node.id());
    json.writeStringProperty("kind", node.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("name", node.name());
    if (node.pipeline().isEmpty()) {
      json.writeNullProperty("pipeline");
    } else {
      json.writeStringProperty("pipeline", node.pipeline());
    }
    optional(json, "received", node.received());
    optional(json, "accepted", node.accepted());
    optional(json, "sent", node.sent());
    causes(json, "refused", node.refused());
    node.queue().ifPresentOrElse(one -> queue(json, one), () -> json.writeNullProperty("queue"));
    json.writeEndObject();
  }

  private static void queue(JsonGenerator json, PipelineState.Queue queue) {
    json.writeObjectPropertyStart("queue");
    json.writeNumberProperty("size", queue.size());
    json.writeNumberProperty("capacity", queue.capacity());
    json.writeStringProperty("sizer", queue.sizer());
    json.writeEndObject();
  }

  private static void edge(JsonGenerator json, PipelineState.Edge edge) {
    json.writeStartObject();
    json.writeStringProperty("from", edge.from());
    json.writeStringProperty("to", edge.to());
    json.writeStringProperty("signal", edge.signal());
    json.writeNumberProperty("offered", edge.offered());
    json.writeNumberProperty("delivered", edge.delivered());
    causes(json, "dropped", edge.dropped());
    json.writeNumberProperty("waiting", edge.waiting());
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, String name, OptionalLong value) {
    if (value.isPresent()) {
      json.writeNumberProperty(name, value.getAsLong());
    }
  }

  private static void causes(JsonGenerator json, String name, Map<String, Long> causes) {
    json.writeObjectPropertyStart(name);
    causes.forEach(json::writeNumberProperty);
    json.writeEndObject();
  }
}
