package dev.pharos.api.pharos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.api.ApiServer;
import dev.pharos.api.StoredTelemetry;
import dev.pharos.query.ScanPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class InsightApiTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long SEED = 20_261_121;
  private static final long END = ApiServer.NOW / 10 * 10;
  private static final long START = END - 600;

  @TempDir static Path directory;

  private static StoredTelemetry stored;
  private static ApiServer server;
  private static final List<SentSpan> SPANS = new ArrayList<>();

  @BeforeAll
  static void serve() {
    var random = new SplittableRandom(SEED);
    stored = new StoredTelemetry(directory);
    for (int request = 0; request < 20; request++) {
      var batch = new ArrayList<SentSpan>();
      for (int i = 0; i < 150; i++) {
        batch.add(span(random, request * 1000L + i + 1));
      }
      SPANS.addAll(batch);
      stored.spans(SentSpan.otlp(batch));
    }
    stored.logs(
        """
        {"resourceLogs": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
          "scopeLogs": [{"logRecords": [
            {"timeUnixNano": "%1$d000000000", "severityNumber": 9, "body": {"stringValue": "fine"}},
            {"timeUnixNano": "%1$d000000000", "severityNumber": 17, "body": {"stringValue": "bad"}},
            {"timeUnixNano": "%1$d000000001", "severityNumber": 21, "body": {"stringValue": "worse"}}]}]}]}
        """
            .formatted(END - 100));
    server =
        new ApiServer(
            new InsightApi(
                    stored.summaries(),
                    stored.traces(),
                    ScanPool.NONE,
                    ApiServer.TENANTS,
                    ApiServer.slots())
                .routes("/pharos"));
  }

  private static SentSpan span(SplittableRandom random, long id) {
    String service = List.of("shop", "pay", "stock").get(random.nextInt(3));
    var resource =
        Map.of(
            "service.name",
            service,
            "service.version",
            "1." + random.nextInt(2),
            "service.instance.id",
            service + "-" + random.nextInt(2),
            "telemetry.sdk.language",
            "java");
    return new SentSpan(
        resource,
        id,
        id,
        0,
        "op" + random.nextInt(4),
        1 + random.nextInt(5),
        random.nextInt(10) == 0,
        (START - 300) * SECOND + random.nextLong(1000 * SECOND),
        random.nextLong(1L << random.nextInt(10, 34)),
        Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
    stored.close();
  }

  private static JsonNode overview(long start, long end, int points) {
    var answer =
        server.get(
            "/pharos/api/v1/overview",
            "start",
            Long.toString(start),
            "end",
            Long.toString(end),
            "points",
            Integer.toString(points));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static List<SentSpan> requests(String service, long fromMillis, long toMillis) {
    return SPANS.stream()
        .filter(span -> span.service().equals(service) && span.isRequest())
        .filter(span -> span.startNanos() >= fromMillis * 1_000_000)
        .filter(span -> span.startNanos() < toMillis * 1_000_000)
        .toList();
  }

  @Test
  void saysOfServicesWhatAScanOfTheRowsSays() {
    JsonNode overview = overview(START, END, 40);

    long start = overview.get("start").asLong();
    long end = overview.get("end").asLong();
    long step = overview.get("stepSeconds").asLong();
    assertThat(List.of(start, end, step)).containsExactly(START * 1000, END * 1000, 20L);
    assertThat(overview.get("services").valueStream().map(one -> one.get("name").asString()))
        .containsExactlyInAnyOrder("shop", "pay", "stock");
    for (JsonNode service : overview.get("services")) {
      List<SentSpan> rows = requests(service.get("name").asString(), start, end);
      long errors = rows.stream().filter(SentSpan::error).count();
      assertThat(service.get("rate").asDouble()).isCloseTo(rows.size() / 600.0, within(0.01));
      assertThat(service.get("errorShare").asDouble())
          .isCloseTo((double) errors / rows.size(), within(1e-9));
      assertQuantile(service.get("p50Nanos").asDouble(), rows, 0.5);
      assertQuantile(service.get("p95Nanos").asDouble(), rows, 0.95);
      assertQuantile(service.get("p99Nanos").asDouble(), rows, 0.99);
      assertThat(service.get("language").asString()).isEqualTo("java");
      assertThat(service.get("instances").asInt()).isEqualTo(2);
      JsonNode calls = service.get("series").get("calls");
      assertThat(calls.size()).isEqualTo(30);
      for (int i = 0; i < calls.size(); i++) {
        long from = start + i * step * 1000;
        List<SentSpan> column = requests(service.get("name").asString(), from, from + step * 1000);
        assertThat(calls.get(i).asLong()).isEqualTo(column.size());
        assertThat(service.get("series").get("errors").get(i).asLong())
            .isEqualTo(column.stream().filter(SentSpan::error).count());
        JsonNode p95 = service.get("series").get("p95Nanos").get(i);
        if (column.isEmpty()) {
          assertThat(p95.isNull()).isTrue();
        } else {
          assertQuantile(p95.asDouble(), column, 0.95);
        }
      }
    }
  }

  /// It lies in the bucket of the row of that rank: not more than a quarter of a doubling from it.
  private static void assertQuantile(double nanos, List<SentSpan> rows, double share) {
    long[] sorted = rows.stream().mapToLong(SentSpan::nanos).sorted().toArray();
    double exact = sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)];
    assertThat(nanos / Math.max(1, exact)).isBetween(0.84, 1.19);
  }

  @Test
  void addsUpAllServicesAndLogs() {
    JsonNode overview = overview(START, END, 7);

    long start = overview.get("start").asLong();
    long end = overview.get("end").asLong();
    assertThat(overview.get("totals").get("calls").size()).isLessThanOrEqualTo(7);
    assertThat(start).isLessThanOrEqualTo(START * 1000);
    long rows =
        List.of("shop", "pay", "stock").stream()
            .mapToLong(service -> requests(service, start, end).size())
            .sum();
    assertThat(sum(overview.get("totals").get("calls"))).isEqualTo(rows);
    assertThat(sum(overview.get("totals").get("logLines"))).isEqualTo(3);
    assertThat(sum(overview.get("totals").get("errorLogs"))).isEqualTo(2);
    JsonNode shop =
        overview
            .get("services")
            .valueStream()
            .filter(one -> one.get("name").asString().equals("shop"))
            .findFirst()
            .orElseThrow();
    assertThat(List.of(shop.get("logs").asLong(), shop.get("errorLogs").asLong()))
        .containsExactly(3L, 2L);
  }

  private static long sum(JsonNode numbers) {
    return numbers.valueStream().mapToLong(JsonNode::asLong).sum();
  }

  @Test
  void answersEmptyWhereNothingIs() {
    JsonNode overview = overview(START - 100_000, START - 99_000, 40);

    assertThat(overview.get("services").size()).isZero();
    assertThat(overview.get("findings").size()).isZero();
    assertThat(LongStream.of(sum(overview.get("totals").get("calls"))).sum()).isZero();
  }

  @Test
  void refusesRangesThatAreNone() {
    for (String[] range :
        new String[][] {{"", "5"}, {"5", "5"}, {"x", "5"}, {"1", "1e30"}, {"NaN", "5"}}) {
      var answer = server.get("/pharos/api/v1/overview", "start", range[0], "end", range[1]);
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.json().get("error").asString()).contains("expected:");
    }
  }
}
