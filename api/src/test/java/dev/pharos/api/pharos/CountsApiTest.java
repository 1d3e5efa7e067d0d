package dev.pharos.api.pharos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.api.ApiServer;
import dev.pharos.api.StoredTelemetry;
import dev.pharos.query.ScanPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Counts by summaries and by rows, beside counts of what was sent.
class CountsApiTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long BASE = (ApiServer.NOW - 600) * SECOND;
  private static final long SEED = System.nanoTime();

  @TempDir static Path directory;

  /// A log line as it was sent.
  private record Line(String service, int severity, long nanos, String text) {}

  private static final List<SentSpan> SPANS = new ArrayList<>();
  private static final List<Line> LINES = new ArrayList<>();

  private static StoredTelemetry stored;
  private static ApiServer server;

  @BeforeAll
  static void serve() {
    var random = new Random(SEED);
    stored = new StoredTelemetry(directory);
    for (int i = 1; i <= 2_000; i++) {
      SPANS.add(
          new SentSpan(
              Map.of("service.name", List.of("shop", "pay", "stock").get(random.nextInt(3))),
              i,
              i,
              0,
              "op" + random.nextInt(4),
              1 + random.nextInt(5),
              random.nextInt(10) == 0,
              BASE + random.nextLong(500 * SECOND),
              random.nextInt(1_000_000),
              Map.of("zone", "z" + random.nextInt(3))));
      LINES.add(
          new Line(
              List.of("shop", "pay").get(random.nextInt(2)),
              random.nextInt(24),
              BASE + random.nextLong(500 * SECOND),
              random.nextBoolean() ? "needle" : "hay"));
    }
    stored.spans(SentSpan.otlp(SPANS));
    stored.logs(otlp());
    var routes =
        new ArrayList<>(
            new CountsApi(
                    stored.traces(),
                    stored.logs(),
                    stored.series(),
                    stored.summaries(),
                    ScanPool.NONE,
                    ApiServer.TENANTS,
                    ApiServer.slots())
                .routes(""));
    routes.addAll(
        new FieldsApi(stored.logs(), ScanPool.NONE, ApiServer.TENANTS, ApiServer.slots())
            .routes(""));
    server = new ApiServer(routes);
  }

  private static String otlp() {
    var all = new StringJoiner(",", "{\"resourceLogs\":[", "]}");
    for (Line line : LINES) {
      all.add(
          """
          {"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "%s"}}]}, "scopeLogs": [{"logRecords": [
            {"timeUnixNano": "%d", "severityNumber": %d, "body": {"stringValue": "%s"}}]}]}"""
              .formatted(line.service(), line.nanos(), line.severity(), line.text()));
    }
    return all.toString();
  }

  @AfterAll
  static void stop() {
    server.close();
    stored.close();
  }

  private static final Map<String, Predicate<SentSpan>> TRACES =
      Map.of(
          "", span -> true,
          "{ }", span -> true,
          "{ resource.service.name = \"pay\" }", span -> span.service().equals("pay"),
          "{ span.zone = \"z1\" && status = error }",
              span -> span.attributes().get("zone").equals("z1") && span.error());

  private static final Map<String, Predicate<Line>> LOGS =
      Map.of(
          "", line -> true,
          "{service_name=~\"pay|none\"}", line -> line.service().equals("pay"),
          "{service_name=\"shop\"} |= \"needle\"",
              line -> line.service().equals("shop") && line.text().equals("needle"));

  @Test
  void countsEachSignalExactly() {
    var random = new Random(SEED);
    TRACES.forEach(
        (traceql, ofTraces) ->
            LOGS.forEach(
                (logql, ofLogs) -> {
                  long start = BASE + random.nextInt(200_000) * 1_000_000L;
                  long end = start + (1 + random.nextInt(300_000)) * 1_000_000L;
                  JsonNode json =
                      server
                          .get(
                              "/api/v1/counts",
                              "traces",
                              traceql,
                              "logs",
                              logql,
                              "start",
                              seconds(start),
                              "end",
                              seconds(end))
                          .json();
                  String what = "seed " + SEED + ": " + traceql + ", " + logql;
                  assertThat(json.path("traces").path("count").asLong())
                      .as(what)
                      .isEqualTo(
                          SPANS.stream()
                              .filter(ofTraces)
                              .filter(s -> s.startNanos() >= start && s.startNanos() < end)
                              .count());
                  assertThat(json.path("logs").path("count").asLong())
                      .as(what)
                      .isEqualTo(
                          LINES.stream()
                              .filter(ofLogs)
                              .filter(l -> l.nanos() >= start && l.nanos() < end)
                              .count());
                  assertThat(json.path("traces").path("exact").asBoolean()).as(what).isTrue();
                  assertThat(json.path("logs").path("exact").asBoolean()).as(what).isTrue();
                  assertThat(json.has("metrics")).isFalse();
                }));
  }

  private static String seconds(long nanos) {
    return nanos / SECOND + ".%03d".formatted(nanos % SECOND / 1_000_000);
  }

  @Test
  void countsServicesAndNamesOfMetrics() {
    JsonNode json =
        server
            .get(
                "/api/v1/counts",
                "traces",
                "{ resource.service.name = \"stock\" }",
                "logs",
                "{service_name=\"pay\"}",
                "metrics",
                "",
                "start",
                seconds(BASE),
                "end",
                seconds(BASE + 500 * SECOND))
            .json();
    assertThat(json.path("services").asInt()).isEqualTo(2);
    assertThat(json.path("metrics").path("count").asInt()).isEqualTo(0);
    assertThat(json.path("cost").has("millis")).isTrue();
  }

  @Test
  void showsVolumeInColumns() {
    TRACES.forEach(
        (traceql, wanted) -> {
          JsonNode json = volume("traces", traceql);
          long[][] expected = new long[2][json.path("counts").size()];
          for (SentSpan span : SPANS) {
            int column = column(json, span.startNanos());
            if (wanted.test(span) && column >= 0) {
              expected[0][column]++;
              expected[1][column] += span.error() ? 1 : 0;
            }
          }
          check(json, expected, traceql);
        });
    LOGS.forEach(
        (logql, wanted) -> {
          JsonNode json = volume("logs", logql);
          long[][] expected = new long[2][json.path("counts").size()];
          for (Line line : LINES) {
            int column = column(json, line.nanos());
            if (wanted.test(line) && column >= 0) {
              expected[0][column]++;
              expected[1][column] += line.severity() >= 17 ? 1 : 0;
            }
          }
          check(json, expected, logql);
        });
  }

  private static JsonNode volume(String signal, String query) {
    return server
        .get(
            "/api/v1/volume",
            signal,
            query,
            "bars",
            "20",
            "start",
            seconds(BASE + 33 * SECOND),
            "end",
            seconds(BASE + 444 * SECOND))
        .json();
  }

  private static int column(JsonNode json, long nanos) {
    long since = nanos - json.path("start").asLong() * 1_000_000;
    long column = Math.floorDiv(since, json.path("stepSeconds").asLong() * SECOND);
    return column < json.path("counts").size() ? (int) column : -1;
  }

  private static void check(JsonNode json, long[][] expected, String query) {
    String what = "seed " + SEED + ": " + query;
    assertThat(longs(json.path("counts"))).as(what).isEqualTo(expected[0]).hasSizeBetween(10, 20);
    assertThat(longs(json.path("errors"))).as(what).isEqualTo(expected[1]);
    assertThat(json.path("exact").asBoolean()).isTrue();
  }

  private static long[] longs(JsonNode array) {
    var longs = new long[array.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = array.get(i).asLong();
    }
    return longs;
  }

  @Test
  void tellsWhereAQueryIsWrong() {
    ApiServer.Answer answer =
        server.get("/api/v1/counts", "traces", "{ name = }", "start", "1", "end", "2");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("position").path("line").asInt()).isEqualTo(1);
    assertThat(
            server.get("/api/v1/volume", "logs", "rate({a=\"b\"}[1m])", "start", "1", "end", "2"))
        .satisfies(
            wrong -> {
              assertThat(wrong.status()).isEqualTo(400);
              assertThat(wrong.json().path("error").asString())
                  .contains("not a query of log lines");
            });
  }

  @Test
  void showsTheFieldsOfALogSearch() {
    JsonNode json =
        server
            .get(
                "/api/v1/fields",
                "query",
                "{service_name=\"pay\"}",
                "fields",
                "2",
                "start",
                seconds(BASE),
                "end",
                seconds(BASE + 500 * SECOND))
            .json();
    long lines = LINES.stream().filter(line -> line.service().equals("pay")).count();
    assertThat(json.path("lines").asLong()).isEqualTo(lines);
    assertThat(json.path("exact").asBoolean()).isTrue();
    assertThat(json.path("fields")).hasSize(2);
    JsonNode service = json.path("fields").get(1);
    assertThat(service.path("name").asString()).isEqualTo("service_name");
    assertThat(service.path("scope").asString()).isEqualTo("label");
    assertThat(service.path("distinct").asInt()).isEqualTo(1);
    assertThat(service.path("values").get(0).path("value").asString()).isEqualTo("pay");
    assertThat(service.path("values").get(0).path("lines").asLong()).isEqualTo(lines);
  }
}
