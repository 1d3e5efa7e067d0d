package dev.pharos.api.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.api.ApiServer;
import dev.pharos.api.StoredTelemetry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ColorsApiTest {
  @TempDir Path directory;

  private static SentSpan span(String service, int kind, long at) {
    return new SentSpan(
        Map.of("service.name", service),
        at,
        at,
        0,
        "n",
        kind,
        false,
        at * 1_000_000_000L,
        5,
        Map.of());
  }

  private static JsonNode colors(StoredTelemetry stored, String... range) {
    var api =
        new ColorsApi(
            stored.summaries(), stored.serviceNumbers(), ApiServer.TENANTS, ApiServer.slots());
    try (var server = new ApiServer(api.routes("/pharos"))) {
      var answer = server.get("/pharos/api/v1/colors", range);
      return answer.json();
    }
  }

  @Test
  void numbersServicesWhenTheyAreFirstSeenAndKeepsThat() {
    long now = ApiServer.NOW;
    String[] early = {"start", Long.toString(now - 900), "end", Long.toString(now - 300)};
    String[] late = {"start", Long.toString(now - 300), "end", Long.toString(now)};
    try (var stored = new StoredTelemetry(directory)) {
      stored.spans(
          SentSpan.otlp(
              List.of(
                  span("shop", 2, now - 600),
                  span("cron", 1, now - 600),
                  span("auth", 2, now - 60))));
      stored.logs(
          """
          {"resourceLogs": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "batch"}}]},
            "scopeLogs": [{"logRecords": [{"timeUnixNano": "%d000000000", "body": {"stringValue": "x"}}]}]}]}
          """
              .formatted(now - 600));

      assertThat(colors(stored).toString()).isEqualTo("{\"colors\":{}}");
      assertThat(colors(stored, early).toString())
          .isEqualTo("{\"colors\":{\"batch\":0,\"cron\":1,\"shop\":2}}");
      colors(stored, late);
    }
    try (var stored = new StoredTelemetry(directory)) {
      assertThat(colors(stored).toString())
          .isEqualTo("{\"colors\":{\"auth\":3,\"batch\":0,\"cron\":1,\"shop\":2}}");
      assertThat(colors(stored, "start", "5").get("error").asString()).contains("expected:");
    }
  }
}
