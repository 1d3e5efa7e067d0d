package dev.pharos.api.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.api.ApiServer;
import dev.pharos.api.pharos.PipelineConfiguration.Part;
import dev.pharos.api.pharos.PipelineState.Edge;
import dev.pharos.api.pharos.PipelineState.Fault;
import dev.pharos.api.pharos.PipelineState.Kind;
import dev.pharos.api.pharos.PipelineState.Missing;
import dev.pharos.api.pharos.PipelineState.Node;
import dev.pharos.api.pharos.PipelineState.Queue;
import dev.pharos.api.pharos.PipelineState.Refusal;
import dev.pharos.api.pharos.PipelineState.Reload;
import dev.pharos.api.pharos.PipelineState.Sending;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PipelineApiTest {
  @Test
  void writesNodesAndEdgesWithTheirCounters() {
    var none = OptionalLong.empty();
    var receiver =
        new Node(
            "receiver/otlp",
            Kind.RECEIVER,
            "otlp",
            "",
            "grpc localhost:4317",
            "",
            OptionalLong.of(10),
            OptionalLong.of(9),
            none,
            Map.of("bad id", 1L),
            Optional.empty(),
            Optional.empty());
    var exporter =
        new Node(
            "exporter/otlp/far",
            Kind.EXPORTER,
            "otlp/far",
            "",
            "far:4317",
            "a.yaml:4:3",
            none,
            none,
            OptionalLong.of(4),
            Map.of(),
            Optional.of(new Queue(5, 100, "requests")),
            Optional.of(
                new Sending(
                    Map.of("503", 7L),
                    2,
                    Optional.of(Duration.ofSeconds(3)),
                    Optional.of(new Fault(Duration.ofSeconds(1), "away", true)),
                    Optional.of(Duration.ofSeconds(40)))));
    var edge =
        new Edge("receiver/otlp", "exporter/otlp/far", "traces", 9, 4, Map.of("full", 2L), 3);
    var state =
        new PipelineState(
            List.of("a.yaml"),
            new Reload(5_000, Optional.of(new Refusal(6_000, "a.yaml:1:1: no"))),
            List.of(receiver, exporter),
            List.of(edge),
            List.of(new Missing("receiver/otlp", "", "", 4)));
    try (var server = serve(state, PipelineConfiguration.NONE)) {
      JsonNode json = server.get("/api/v1/pipeline").json();
      assertThat(json.path("time").asLong()).isEqualTo(ApiServer.NOW * 1_000);
      assertThat(json.path("configuration").get(0).asString()).isEqualTo("a.yaml");
      JsonNode first = json.path("nodes").get(0);
      assertThat(first.path("kind").asString()).isEqualTo("receiver");
      assertThat(first.path("pipeline").isNull()).isTrue();
      assertThat(first.path("received").asLong()).isEqualTo(10);
      assertThat(first.path("refused").path("bad id").asLong()).isEqualTo(1);
      assertThat(first.path("queue").isNull()).isTrue();
      assertThat(first.has("sent")).isFalse();
      JsonNode queue = json.path("nodes").get(1).path("queue");
      assertThat(queue.path("capacity").asLong()).isEqualTo(100);
      assertThat(queue.path("sizer").asString()).isEqualTo("requests");
      JsonNode flow = json.path("edges").get(0);
      assertThat(flow.path("offered").asLong()).isEqualTo(9);
      assertThat(flow.path("dropped").path("full").asLong()).isEqualTo(2);
      assertThat(flow.path("waiting").asLong()).isEqualTo(3);
      assertThat(json.path("consistent").asBoolean()).isFalse();
      assertThat(json.path("missing").get(0).path("from").asString()).isEqualTo("receiver/otlp");
      assertThat(json.path("missing").get(0).path("items").asLong()).isEqualTo(4);
      assertThat(json.path("reload").path("takenUp").asLong()).isEqualTo(5_000);
      assertThat(json.path("reload").path("refused").path("problem").asString())
          .isEqualTo("a.yaml:1:1: no");
      assertThat(first.path("position").isNull()).isTrue();
      assertThat(first.path("sending").isNull()).isTrue();
      JsonNode far = json.path("nodes").get(1);
      assertThat(far.path("position").asString()).isEqualTo("a.yaml:4:3");
      assertThat(far.path("detail").asString()).isEqualTo("far:4317");
      JsonNode sending = far.path("sending");
      long now = ApiServer.NOW * 1_000;
      assertThat(sending.path("retries").path("503").asLong()).isEqualTo(7);
      assertThat(sending.path("retrying").asInt()).isEqualTo(2);
      assertThat(sending.path("nextTry").asLong()).isEqualTo(now + 3_000);
      assertThat(sending.path("oldest").asLong()).isEqualTo(now - 40_000);
      assertThat(sending.path("lastError").path("time").asLong()).isEqualTo(now - 1_000);
      assertThat(sending.path("lastError").path("message").asString()).isEqualTo("away");
      assertThat(sending.path("lastError").path("repeated").asBoolean()).isTrue();
    }
  }

  @Test
  void writesTheConfigurationWithEachComponent() {
    var whole =
        new PipelineConfiguration(
            List.of("a.yaml"),
            "exporters:\n",
            List.of(new Part("exporter", "otlp/far", "a.yaml:4:3", "otlp/far: {}\n")));
    try (var server = serve(PipelineState.NONE, whole)) {
      JsonNode json = server.get("/api/v1/pipeline/configuration").json();
      assertThat(json.path("sources").get(0).asString()).isEqualTo("a.yaml");
      assertThat(json.path("text").asString()).isEqualTo("exporters:\n");
      JsonNode part = json.path("components").get(0);
      assertThat(part.path("kind").asString()).isEqualTo("exporter");
      assertThat(part.path("name").asString()).isEqualTo("otlp/far");
      assertThat(part.path("position").asString()).isEqualTo("a.yaml:4:3");
      assertThat(part.path("text").asString()).isEqualTo("otlp/far: {}\n");
      JsonNode nothing = server.get("/api/v1/pipeline").json();
      assertThat(nothing.path("consistent").asBoolean()).isTrue();
      assertThat(nothing.path("reload").path("refused").isNull()).isTrue();
    }
  }

  private static ApiServer serve(PipelineState state, PipelineConfiguration configuration) {
    PipelineState.Source source =
        new PipelineState.Source() {
          @Override
          public PipelineState state() {
            return state;
          }

          @Override
          public PipelineConfiguration configuration() {
            return configuration;
          }
        };
    return new ApiServer(new PipelineApi(source, ApiServer.CLOCK).routes(""));
  }
}
