package dev.pharos.api.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.api.ApiServer;
import dev.pharos.api.pharos.PipelineState.Edge;
import dev.pharos.api.pharos.PipelineState.Kind;
import dev.pharos.api.pharos.PipelineState.Node;
import dev.pharos.api.pharos.PipelineState.Queue;
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
            OptionalLong.of(10),
            OptionalLong.of(9),
            none,
            Map.of("bad id", 1L),
            Optional.empty());
    var exporter =
        new Node(
            "exporter/otlp/far",
            Kind.EXPORTER,
            "otlp/far",
            "",
            none,
            none,
            OptionalLong.of(4),
            Map.of(),
            Optional.of(new Queue(5, 100, "requests")));
    var edge =
        new Edge("receiver/otlp", "exporter/otlp/far", "traces", 9, 4, Map.of("full", 2L), 3);
    PipelineState.Source source =
        () ->
            new PipelineState(List.of("a.yaml"), List.of(receiver, exporter), List.of(edge), true);
    try (var server = new ApiServer(new PipelineApi(source, ApiServer.CLOCK).routes(""))) {
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
      assertThat(json.path("consistent").asBoolean()).isTrue();
    }
  }
}
