package dev.pharos.api.loki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.api.ApiServer;
import dev.pharos.api.ApiServer.Answer;
import dev.pharos.api.StoredTelemetry;
import dev.pharos.query.ScanPool;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class LokiApiTest {
  private static final long NOW = ApiServer.NOW;
  private static final String NANOS = "000000000";
  private static final String FLAGS = "X-Loki-Response-Encoding-Flags";
  private static final String LINES = "/loki/api/v1/query_range";

  @TempDir static Path directory;

  private static StoredTelemetry stored;
  private static ApiServer server;

  @BeforeAll
  static void serve() {
    stored =
        new StoredTelemetry(directory)
            .logs(
                """
        {"resourceLogs": [
          {"resource": {"attributes": [
             {"key": "service.name", "value": {"stringValue": "shop"}},
             {"key": "host.name", "value": {"stringValue": "h1"}}]},
           "scopeLogs": [{"logRecords": [
             {"timeUnixNano": "%1$d000000000", "severityNumber": 17, "severityText": "ERROR",
              "body": {"stringValue": "status=500 msg=\\"card refused\\""},
              "attributes": [{"key": "user.id", "value": {"stringValue": "u-42"}}],
              "traceId": "0af7651916cd43dd8448eb211c80319c", "spanId": "00f067aa0ba902b7"},
             {"timeUnixNano": "%2$d000000001", "severityNumber": 9, "body": {"stringValue": "status=200 msg=paid"}}]}]},
          {"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "cart"}}]},
           "scopeLogs": [{"logRecords": [
             {"timeUnixNano": "%2$d000000000", "body": {"stringValue": "{\\"level\\":\\"warn\\",\\"n\\":7}"}}]}]}]}
        """
                    .formatted(NOW - 60, NOW - 30));
    server =
        new ApiServer(
            new LokiApi(stored.logs(), ScanPool.NONE, ApiServer.TENANTS, ApiServer.slots(), "test")
                .routes(""));
  }

  @AfterAll
  static void stop() {
    server.close();
    stored.close();
  }

  private static JsonNode data(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.type()).startsWith("application/json");
    assertThat(answer.json().get("status").asString()).isEqualTo("success");
    return answer.json().get("data");
  }

  private static void assertRefused(Answer answer, String message) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.type()).startsWith("text/plain");
    assertThat(answer.text()).contains(message);
  }

  @Test
  void passesGrafanasHealthCheck() {
    // Grafana means 4 s in nanoseconds, but ten digits are seconds to Loki.
    JsonNode data =
        data(server.get("/loki/api/v1/query", "query", "vector(1)+vector(1)", "time", "4" + NANOS));

    assertThat(data.get("resultType").asString()).isEqualTo("vector");
    assertThat(data.get("result").toString())
        .isEqualTo("[{\"metric\":{},\"value\":[4000000000,\"2\"]}]");
  }

  @Test
  void mergesMetadataIntoTheStreamUnlessCategoriesAreAskedFor() {
    JsonNode data = data(server.get(LINES, "query", "{service_name=\"shop\"} |= \"refused\""));

    assertThat(data.has("encodingFlags")).isFalse();
    JsonNode stream = data.get("result").get(0);
    assertThat(stream.get("stream").get("service_name").asString()).isEqualTo("shop");
    assertThat(stream.get("stream").get("user_id").asString()).isEqualTo("u-42");
    assertThat(stream.get("stream").get("host_name").asString()).isEqualTo("h1");
    assertThat(stream.get("stream").get("trace_id").asString())
        .isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(stream.get("stream").get("detected_level").asString()).isEqualTo("error");
    assertThat(stream.get("values").toString())
        .isEqualTo("[[\"" + (NOW - 60) + NANOS + "\",\"status=500 msg=\\\"card refused\\\"\"]]");
  }

  @Test
  void keepsLabelsApartInCategories() {
    JsonNode data =
        data(
            server.getWith(
                FLAGS,
                "categorize-labels",
                LINES,
                "query",
                "{service_name=~\"shop|cart\"} | logfmt",
                "direction",
                "forward"));

    assertThat(data.get("encodingFlags").toString()).isEqualTo("[\"categorize-labels\"]");
    assertThat(data.get("result").size()).isEqualTo(2);
    JsonNode shop = data.get("result").get(1);
    assertThat(shop.get("stream").toString()).isEqualTo("{\"service_name\":\"shop\"}");
    JsonNode first = shop.get("values").get(0);
    assertThat(first.get(2).get("structuredMetadata").get("user_id").asString()).isEqualTo("u-42");
    assertThat(first.get(2).get("structuredMetadata").has("status")).isFalse();
    assertThat(first.get(2).get("parsed").toString())
        .isEqualTo("{\"msg\":\"card refused\",\"status\":\"500\"}");
    assertThat(shop.get("values").get(1).get(1).asString()).isEqualTo("status=200 msg=paid");
  }

  @Test
  void tellsWhatGrafanaShowsOfAQuerysCost() {
    JsonNode summary =
        data(server.get(LINES, "query", "{service_name=\"shop\"}")).get("stats").get("summary");

    assertThat(summary.get("totalLinesProcessed").asLong()).isGreaterThanOrEqualTo(2);
    assertThat(summary.get("totalBytesProcessed").asLong()).isPositive();
    assertThat(summary.get("bytesProcessedPerSecond").isNumber()).isTrue();
    assertThat(summary.get("execTime").asDouble()).isPositive();
    assertThat(summary.get("totalEntriesReturned").asLong()).isEqualTo(2);
  }

  @Test
  void answersTheNewestLinesFirstUpToTheLimit() {
    JsonNode data =
        data(
            server.get(
                LINES,
                "query",
                "{service_name=\"shop\"}",
                "limit",
                "1",
                "start",
                NOW - 3600 + NANOS,
                "end",
                NOW + NANOS,
                "direction",
                "backward"));

    assertThat(data.get("result").size()).isOne();
    assertThat(data.get("result").get(0).get("values").get(0).get(1).asString())
        .isEqualTo("status=200 msg=paid");
  }

  @Test
  void takesTheStartIntoARangeOfLinesAndLeavesTheEndOut() {
    String[] shop = {
      "query", "{service_name=\"shop\"}", "start", NOW - 60 + NANOS, "end", NOW - 30 + "000000001"
    };

    JsonNode result = data(server.get(LINES, shop)).get("result");

    assertThat(result.size()).isOne();
    assertThat(result.get(0).get("values").size()).isOne();
    assertThat(result.get(0).get("values").get(0).get(0).asString()).isEqualTo(NOW - 60 + NANOS);
  }

  @Test
  void answersAnEmptyRangeOfLinesWithoutAnError() {
    JsonNode data =
        data(server.get(LINES, "query", "{a=\"b\"}", "start", "" + NOW, "end", "" + NOW));

    assertThat(data.get("resultType").asString()).isEqualTo("streams");
    assertThat(data.get("result").toString()).isEqualTo("[]");
  }

  @Test
  void countsByLevelOnStepsInMilliseconds() {
    JsonNode data =
        data(
            server.post(
                LINES,
                "query",
                "sum by (detected_level) (count_over_time({service_name=\"shop\"} [60s]))",
                "start",
                NOW - 120 + NANOS,
                "end",
                NOW + NANOS,
                "step",
                "60000ms",
                "limit",
                "100"));

    assertThat(data.get("resultType").asString()).isEqualTo("matrix");
    assertThat(data.get("result").size()).isEqualTo(2);
    JsonNode error = data.get("result").get(0);
    assertThat(error.get("metric").toString()).isEqualTo("{\"detected_level\":\"error\"}");
    for (JsonNode point : error.get("values")) {
      assertThat(point.get(0).isNumber()).isTrue();
      assertThat(point.get(0).asLong() % 60).as("on the grid of absolute steps").isZero();
      assertThat(point.get(1).isString()).isTrue();
    }
  }

  @Test
  void answersAScalarAsScalar() {
    JsonNode data =
        data(server.get("/loki/api/v1/query", "query", "1 + 1", "time", NOW + "123000000"));

    assertThat(data.get("resultType").asString()).isEqualTo("scalar");
    assertThat(data.get("result").get(1).asString()).isEqualTo("2");
  }

  @Test
  void listsLabelsTheirValuesAndSeries() {
    String[] range = {"start", NOW - 3600 + NANOS, "end", NOW + NANOS};

    assertThat(data(server.get("/loki/api/v1/labels", range)).toString())
        .isEqualTo("[\"service_name\"]");
    assertThat(data(server.get("/loki/api/v1/label", range)).toString())
        .isEqualTo("[\"service_name\"]");
    assertThat(data(server.get("/loki/api/v1/label/service_name/values", range)).toString())
        .isEqualTo("[\"cart\",\"shop\"]");
    assertThat(
            data(server.get(
                    "/loki/api/v1/label/service_name/values", "query", "{service_name=~\"c.*\"}"))
                .toString())
        .isEqualTo("[\"cart\"]");
    assertThat(
            data(server.post("/loki/api/v1/series", "match[]", "{service_name=\"shop\"}"))
                .toString())
        .isEqualTo("[{\"service_name\":\"shop\"}]");
    assertThat(data(server.get("/loki/api/v1/series")).size()).isEqualTo(2);
  }

  @Test
  void leavesDataOutForALabelThatNoStreamHas() {
    Answer answer = server.get("/loki/api/v1/label/__stream_shard__/values");

    assertThat(answer.text()).isEqualTo("{\"status\":\"success\"}");
  }

  @Test
  void answersIndexStatsWithoutAnEnvelope() {
    Answer answer = server.get("/loki/api/v1/index/stats", "query", "{service_name=\"shop\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().propertyNames())
        .containsExactly("streams", "chunks", "entries", "bytes");
    assertThat(answer.json().get("streams").asLong()).isOne();
    assertThat(answer.json().get("entries").asLong()).isEqualTo(2);
    assertThat(answer.json().get("bytes").asLong()).isPositive();
  }

  @Test
  void tellsItsVersionWithoutAnEnvelopeAndThatItIsReady() {
    assertThat(server.get("/loki/api/v1/status/buildinfo").json().propertyNames())
        .containsExactlyInAnyOrder(
            "version", "revision", "branch", "buildDate", "buildUser", "goVersion");
    assertThat(server.get("/ready").text()).isEqualTo("ready\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1760000000, true",
    "1759999970.5, true",
    "1759999970, false",
    "1759999970.0, false",
    "1759999970000000001, false",
    "1759999970000000002, true",
    "2025-10-09T08:52:50Z, false",
    "2025-10-09T10:52:50.000000002+02:00, true",
  })
  void readsTimesInEveryForm(String end, boolean after) {
    // The line is of NOW - 30 s + 1 ns, and the end is exclusive.
    JsonNode data =
        data(
            server.get(
                LINES, "query", "{service_name=\"shop\"} |= \"paid\"", "end", end, "since", "1h"));

    assertThat(data.get("result").isEmpty()).isEqualTo(!after);
  }

  @Test
  void refusesInPlainTextWithLokisWording() {
    assertRefused(
        server.get("/loki/api/v1/query", "query", "{a=\"b\"}"),
        "log queries are not supported as an instant query type");
    assertRefused(server.get(LINES, "query", "{a="), "parse error at line 1, col 4: ");
    assertRefused(
        server.get(LINES, "query", "{a=\"b\"}", "start", "5", "end", "4"),
        "end timestamp must not be before");
    assertRefused(
        server.get(LINES, "query", "{a=\"b\"}", "limit", "0"), "limit must be a positive value");
    assertRefused(server.get(LINES, "query", "{a=\"b\"}", "limit", "x"), "limit: \"x\"");
    assertRefused(server.get(LINES, "query", "{a=\"b\"}", "direction", "up"), "invalid direction");
    assertRefused(
        server.get(LINES, "query", "{a=\"b\"}", "step", "-1"),
        "zero or negative query resolution step");
    assertRefused(server.get(LINES, "query", "{a=\"b\"}", "step", "1x"), "step: \"1x\"");
    assertRefused(
        server.get(LINES, "query", "{a=\"b\"}", "start", "0", "end", "11002", "step", "1"),
        "11,000 points");
    assertRefused(
        server.get(LINES, "query", "{a=\"b\"}", "start", "yesterday"), "start: \"yesterday\"");
    assertRefused(server.get("/loki/api/v1/series", "match[]", "{"), "parse error");
  }

  @Test
  void answersWhatIsNotThereYetWith404() {
    assertThat(server.get("/loki/api/v1/detected_fields").status()).isEqualTo(404);
    assertThat(server.get("/loki/api/v1/index/volume").status()).isEqualTo(404);
  }
}
