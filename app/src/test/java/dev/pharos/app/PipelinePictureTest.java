package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The running pipelines as the UI's port shows them.
@Timeout(60)
class PipelinePictureTest {
  private static final String PATH = "/pharos/api/v1/pipeline";
  private static final String YAML =
      """
      processors: {attributes: {actions: [{key: seen, action: upsert, value: 1}]}, batch: {timeout: 10ms}}
      exporters: {debug: {verbosity: basic, use_internal_logger: false, output_paths: ["/dev/null"]}}
      service:
        pipelines:
          logs/pharos: {receivers: [otlp/pharos], processors: [attributes, batch], exporters: [store/pharos, debug]}
      """;

  @TempDir Path directory;

  @Test
  void showsComponentsInTheirOrderAndCountsWhatFlows() {
    var client = new InstanceClient();
    try (var instance = new Instance(Clock.systemUTC(), directory)) {
      var options =
          Map.of(
              "set",
              List.copyOf(new ArrayList<>(Training.FREE_PORTS)),
              "config",
              List.of("pharos:default", "yaml:" + YAML));
      instance.run(
          Configuration.load(
              new CommandLine("run", options),
              name -> Optional.empty(),
              directory,
              instance.factories()));
      long now = TimeUnit.MILLISECONDS.toNanos(Clock.systemUTC().millis());
      String logs =
          """
          {"resourceLogs": [{"scopeLogs": [{"logRecords": [
            {"timeUnixNano": "%1$d", "body": {"stringValue": "a"}}, {"timeUnixNano": "%1$d", "body": {"stringValue": "b"}}]}]}]}
          """
              .formatted(now);
      assertThat(client.post(client.otlp(instance), "/v1/logs", logs).statusCode()).isEqualTo(200);
      JsonNode json =
          new JsonMapper().readTree(client.get(client.serving(instance, PATH), PATH).body());
      assertThat(json.path("configuration").get(0).asString()).isEqualTo("pharos:default");
      assertThat(json.path("consistent").asBoolean()).isTrue();
      String attributes = "processor/logs/pharos/attributes";
      String batch = "processor/logs/pharos/batch";
      assertThat(edge(json, "receiver/otlp/pharos", attributes).path("offered").asLong())
          .isEqualTo(2);
      assertThat(edge(json, attributes, batch).path("delivered").asLong()).isEqualTo(2);
      assertThat(edge(json, batch, "exporter/store/pharos").path("delivered").asLong())
          .isEqualTo(2);
      assertThat(edge(json, batch, "exporter/debug").path("waiting").asLong()).isZero();
      var ids = new HashSet<String>();
      for (JsonNode node : json.path("nodes")) {
        assertThat(ids.add(node.path("id").asString())).as("one node an id").isTrue();
        if (node.path("id").asString().equals("receiver/otlp/pharos")) {
          assertThat(node.path("received").asLong()).isEqualTo(2);
          assertThat(node.path("accepted").asLong()).isEqualTo(2);
        }
      }
      for (JsonNode edge : json.path("edges")) {
        assertThat(ids).contains(edge.path("from").asString()).contains(edge.path("to").asString());
      }
    }
  }

  private static JsonNode edge(JsonNode json, String from, String to) {
    for (JsonNode edge : json.path("edges")) {
      if (edge.path("from").asString().equals(from)
          && edge.path("to").asString().equals(to)
          && edge.path("signal").asString().equals("logs")) {
        return edge;
      }
    }
    throw new AssertionError("no edge from " + from + " to " + to + " in " + json);
  }
}
