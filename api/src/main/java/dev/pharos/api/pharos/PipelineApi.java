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
import java.util.Optional;
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
        .get("/api/v1/pipeline/configuration", this::configuration)
        .routes();
  }

  private void pipeline(HttpRequest request, HttpReply reply) {
    long began = System.nanoTime();
    PipelineState state = source.state();
    long now = clock.millis();
    Json.send(
        reply,
        200,
        json -> {
          json.writeStartObject();
          json.writeNumberProperty("time", now);
          json.writeArrayPropertyStart("configuration");
          state.configuration().forEach(json::writeString);
          json.writeEndArray();
          reload(json, state.reload());
          json.writeArrayPropertyStart("nodes");
          state.nodes().forEach(node -> node(json, node, now));
          json.writeEndArray();
          json.writeArrayPropertyStart("edges");
          state.edges().forEach(edge -> edge(json, edge));
          json.writeEndArray();
          json.writeBooleanProperty("consistent", state.missing().isEmpty());
          json.writeArrayPropertyStart("missing");
          state.missing().forEach(one -> missing(json, one));
          json.writeEndArray();
          Costs.write(json, began, SweepCost.NONE);
          json.writeEndObject();
        });
  }

  private void configuration(HttpRequest request, HttpReply reply) {
    long began = System.nanoTime();
    PipelineConfiguration whole = source.configuration();
    Json.send(
        reply,
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("sources");
          whole.sources().forEach(json::writeString);
          json.writeEndArray();
          json.writeStringProperty("text", whole.text());
          json.writeArrayPropertyStart("components");
          for (PipelineConfiguration.Part part : whole.parts()) {
            json.writeStartObject();
            json.writeStringProperty("kind", part.kind());
            json.writeStringProperty("name", part.name());
            text(json, "position", part.position());
            json.writeStringProperty("text", part.text());
            json.writeEndObject();
          }
          json.writeEndArray();
          Costs.write(json, began, SweepCost.NONE);
          json.writeEndObject();
        });
  }

  private static void reload(JsonGenerator json, PipelineState.Reload reload) {
    json.writeObjectPropertyStart("reload");
    json.writeNumberProperty("takenUp", reload.takenUpMillis());
    if (reload.refused().isPresent()) {
      json.writeObjectPropertyStart("refused");
      json.writeNumberProperty("time", reload.refused().get().millis());
      json.writeStringProperty("problem", reload.refused().get().problem());
      json.writeEndObject();
    } else {
      json.writeNullProperty("refused");
    }
    json.writeEndObject();
  }

  private static void missing(JsonGenerator json, PipelineState.Missing one) {
    json.writeStartObject();
    json.writeStringProperty("from", one.from());
    text(json, "to", one.to());
    text(json, "signal", one.signal());
    json.writeNumberProperty("items", one.items());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, String text) {
    if (text.isEmpty()) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, text);
    }
  }

  private static void node(JsonGenerator json, PipelineState.Node node, long now) {
    json.writeStartObject();
    json.writeStringProperty("id", node.id());
    json.writeStringProperty("kind", node.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("name", node.name());
    text(json, "pipeline", node.pipeline());
    json.writeStringProperty("detail", node.detail());
    text(json, "position", node.position());
    optional(json, "received", node.received());
    optional(json, "accepted", node.accepted());
    optional(json, "sent", node.sent());
    causes(json, "refused", node.refused());
    node.queue().ifPresentOrElse(one -> queue(json, one), () -> json.writeNullProperty("queue"));
    node.sending()
        .ifPresentOrElse(one -> sending(json, one, now), () -> json.writeNullProperty("sending"));
    json.writeEndObject();
  }

  private static void sending(JsonGenerator json, PipelineState.Sending sending, long now) {
    json.writeObjectPropertyStart("sending");
    causes(json, "retries", sending.retries());
    json.writeNumberProperty("retrying", sending.retrying());
    time(json, "nextTry", sending.nextTry().map(wait -> now + wait.toMillis()));
    time(json, "oldest", sending.oldest().map(age -> now - age.toMillis()));
    if (sending.lastFault().isPresent()) {
      PipelineState.Fault fault = sending.lastFault().get();
      json.writeObjectPropertyStart("lastError");
      json.writeNumberProperty("time", now - fault.ago().toMillis());
      json.writeStringProperty("message", fault.message());
      json.writeBooleanProperty("repeated", fault.isRepeated());
      json.writeEndObject();
    } else {
      json.writeNullProperty("lastError");
    }
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String name, Optional<Long> millis) {
    if (millis.isPresent()) {
      json.writeNumberProperty(name, millis.get());
    } else {
      json.writeNullProperty(name);
    }
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
