package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Signal;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a running product does with bad requests and bad items, by each way that OTLP comes in: the sender is told, the
/// good items of the request are stored, and what is odd but usable is kept.
@Timeout(120)
class BadInputTest {
  private static final int INVALID_ARGUMENT = 3;
  private static final long NOW = TimeUnit.MILLISECONDS.toNanos(Clock.systemUTC().millis());
  private static final long DAY = Duration.ofDays(1).toNanos();

  @TempDir static Path directory;

  private static PharosProcess pharos;

  private final HttpClient client = HttpClient.newHttpClient();
  private final SplittableRandom random = new SplittableRandom();

  @BeforeAll
  static void start() {
    // So that an item over the store's limit of 4 MiB gets through to it by gRPC too.
    pharos =
        PharosProcess.start(
            directory,
            "--set",
            "receivers::otlp/pharos::protocols::grpc::max_recv_msg_size_mib=16");
  }

  @AfterAll
  static void stop() {
    pharos.close();
  }

  private String id(int bytes) {
    byte[] id = new byte[bytes];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private static String traces(String... spans) {
    return "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"bad\"}}]},"
        + "\"scopeSpans\":[{\"spans\":["
        + String.join(",", spans)
        + "]}]}]}";
  }

  private static String span(String trace, String span, String name, String more) {
    return "{\"traceId\":\"%s\",\"spanId\":\"%s\",\"name\":\"%s\",\"startTimeUnixNano\":\"%d\",\"endTimeUnixNano\":\"%d\"%s}"
        .formatted(trace, span, name, NOW, NOW + 1, more);
  }

  private static String logs(String service, String... records) {
    return "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"%s\"}}]},"
            .formatted(service)
        + "\"scopeLogs\":[{\"logRecords\":["
        + String.join(",", records)
        + "]}]}]}";
  }

  private static String record(String body, String more) {
    return "{\"timeUnixNano\":\"%d\",\"body\":{\"stringValue\":\"%s\"}%s}"
        .formatted(NOW, body, more);
  }

  private static String metrics(String... metrics) {
    return "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":["
        + String.join(",", metrics)
        + "]}]}]}";
  }

  private static String gauge(String name, String... points) {
    return "{\"name\":\"%s\",\"gauge\":{\"dataPoints\":[%s]}}"
        .formatted(name, String.join(",", points));
  }

  private static String point(long nanos, String more) {
    return "{\"timeUnixNano\":\"%d\",\"asInt\":\"7\"%s}".formatted(nanos, more);
  }

  private static void assertRejectedAlone(OtlpWay.Answer answer, String reason) {
    assertThat(answer.code()).as(answer.toString()).isZero();
    assertThat(answer.rejected()).as(answer.toString()).isOne();
    assertThat(answer.reason()).contains(reason);
  }

  private String trace(String id) {
    return pharos.get(client, "Jaeger API", "/api/traces/" + id);
  }

  private String lines(String service) {
    String query = URLEncoder.encode("{service_name=\"" + service + "\"}", StandardCharsets.UTF_8);
    return pharos.get(client, "Loki API", "/loki/api/v1/query_range?query=" + query);
  }

  private String samples(String name) {
    return pharos.get(client, "Prometheus API", "/api/v1/query?query=" + name);
  }

  private double counted(String counter) {
    Matcher lines =
        Pattern.compile("^" + counter + "\\{.*} (\\S+)$", Pattern.MULTILINE)
            .matcher(pharos.get(client, "own metrics", "/metrics"));
    double sum = 0;
    while (lines.find()) {
      sum += Double.parseDouble(lines.group(1));
    }
    return sum;
  }

  private void assertTakesAGoodRequest(OtlpWay way) {
    String trace = id(16);
    OtlpWay.Answer answer = way.send(pharos, Signal.TRACES, traces(span(trace, id(8), "good", "")));
    assertThat(answer.code()).as(answer.toString()).isZero();
    assertThat(answer.rejected()).isZero();
    assertThat(trace(trace)).contains("\"operationName\":\"good\"");
  }

  @ParameterizedTest
  @EnumSource
  void answersAMalformedRequestWithItsErrorAndGoesOn(OtlpWay way) {
    for (Signal signal : Signal.values()) {
      for (byte[] request :
          List.of(
              new byte[] {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 1},
              "{".getBytes(StandardCharsets.UTF_8),
              "\"resourceSpans\":".repeat(10_000).getBytes(StandardCharsets.UTF_8))) {
        OtlpWay.Answer answer = way.sendBytes(pharos, signal, request);
        assertThat(answer.code()).as(answer.toString()).isEqualTo(INVALID_ARGUMENT);
        assertThat(answer.httpStatus()).isEqualTo(way == OtlpWay.GRPC ? 0 : 400);
        assertThat(answer.reason()).isNotEmpty();
      }
    }
    assertTakesAGoodRequest(way);
  }

  @ParameterizedTest
  @EnumSource
  void refusesASpanWithAnInvalidIdAloneAndSaysWhy(OtlpWay way) {
    String trace = id(16);
    var bad =
        List.of(
            List.of("", id(8), "trace id has 0 hex digits, 32 expected"),
            List.of("00".repeat(16), id(8), "trace id is all zero"),
            List.of(id(24), id(8), "trace id has 48 hex digits, 32 expected"),
            List.of(id(16), "", "span id has 0 hex digits, 16 expected"),
            List.of(id(16), "00".repeat(8), "span id is all zero"),
            List.of(id(16), id(7), "span id has 14 hex digits, 16 expected"));
    for (List<String> ids : bad) {
      String good = span(trace, id(8), "beside " + ids.get(2), "");
      OtlpWay.Answer answer =
          way.send(pharos, Signal.TRACES, traces(span(ids.get(0), ids.get(1), "bad", ""), good));
      assertRejectedAlone(answer, ids.get(2));
      assertThat(trace(trace)).contains("beside " + ids.get(2));
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsLogRecordsLinksAndExemplarsWithoutTheirInvalidIds(OtlpWay way) {
    double dropped = counted("pharos_receiver_dropped_ids_total");
    String service = "ids-" + way;
    String record = record("kept", ",\"traceId\":\"abcd\",\"spanId\":\"" + id(8) + "\"");
    assertThat(way.send(pharos, Signal.LOGS, logs(service, record)).rejected()).isZero();
    assertThat(lines(service)).contains("\"kept\"").doesNotContain("abcd").contains("span_id");

    String trace = id(16);
    String other = id(16);
    String links =
        ",\"links\":[{\"traceId\":\"%s\",\"spanId\":\"abcd\"},{\"traceId\":\"abcd\",\"spanId\":\"%s\"}]"
            .formatted(other, id(8));
    assertThat(
            way.send(pharos, Signal.TRACES, traces(span(trace, id(8), "linked", links))).rejected())
        .isZero();
    assertThat(trace(trace)).contains("\"operationName\":\"linked\"");

    String name = "exemplified_" + way;
    String exemplar =
        ",\"exemplars\":[{\"timeUnixNano\":\"%d\",\"asInt\":\"3\",\"traceId\":\"abcd\",\"spanId\":\"%s\"}]"
            .formatted(NOW, id(8));
    assertThat(
            way.send(pharos, Signal.METRICS, metrics(gauge(name, point(NOW, exemplar)))).rejected())
        .isZero();
    assertThat(
            pharos.get(
                client,
                "Prometheus API",
                "/api/v1/query_exemplars?query=%s&start=%d&end=%d"
                    .formatted(name, NOW / 1_000_000_000 - 60, NOW / 1_000_000_000 + 60)))
        .contains("\"span_id\"")
        .doesNotContain("\"trace_id\"");
    assertThat(counted("pharos_receiver_dropped_ids_total") - dropped).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void theStoreRefusesAloneWhatItCannotKeep(OtlpWay way) {
    String good = gauge("beside_" + way, point(NOW, ""));
    assertRejectedAlone(
        way.send(pharos, Signal.METRICS, metrics("{\"name\":\"hollow\"}", good)),
        "metric \"hollow\" has no data");
    String histogram =
        "{\"name\":\"h\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{\"timeUnixNano\":\"%d\",\"count\":\"3\",\"bucketCounts\":[\"1\",\"2\"],\"explicitBounds\":[1,2]}]}}"
            .formatted(NOW);
    assertRejectedAlone(
        way.send(pharos, Signal.METRICS, metrics(histogram, good)), "2 bucket counts and 2 bounds");
    assertRejectedAlone(
        way.send(
            pharos,
            Signal.METRICS,
            metrics(gauge("times_" + way, point(NOW, ""), point(NOW + 2 * DAY, "")))),
        "more than a day ahead");
    assertRejectedAlone(
        way.send(
            pharos,
            Signal.METRICS,
            metrics(gauge("times_" + way, point(NOW, ""), point(NOW - 40 * DAY, "")))),
        "past the retention");
    assertThat(samples("beside_" + way)).contains("\"7\"");
    assertThat(samples("times_" + way)).contains("\"7\"");
  }

  @ParameterizedTest
  @EnumSource
  void theStoreRefusesAloneSpansAndLogRecordsOutOfItsTimeOrSize(OtlpWay way) {
    String trace = id(16);
    String service = "limits-" + way;
    for (long days : new long[] {2, -10}) {
      String reason = days > 0 ? "more than a day ahead" : "past the retention";
      String time = Long.toString(NOW + days * DAY);
      String late = span(id(16), id(8), "late", "").replace(Long.toString(NOW), time);
      assertRejectedAlone(
          way.send(pharos, Signal.TRACES, traces(late, span(trace, id(8), "in time " + days, ""))),
          reason);
      assertThat(trace(trace)).contains("in time " + days);
      String record = record("late", "").replace(Long.toString(NOW), time);
      assertRejectedAlone(
          way.send(pharos, Signal.LOGS, logs(service, record, record("in time " + days, ""))),
          reason);
      assertThat(lines(service)).contains("in time " + days);
    }
    String large = "x".repeat((4 << 20) + 1);
    assertRejectedAlone(
        way.send(pharos, Signal.LOGS, logs(service, record(large, ""), record("small", ""))),
        "(limit: 4194304)");
    assertThat(lines(service)).contains("\"small\"").doesNotContain("xxxx");
    assertRejectedAlone(
        way.send(
            pharos,
            Signal.TRACES,
            traces(span(id(16), id(8), large, ""), span(trace, id(8), "small", ""))),
        "(limit: 4194304)");
    assertThat(trace(trace)).contains("\"operationName\":\"small\"");
  }

  @ParameterizedTest
  @EnumSource
  void keepsWhatIsOddButUsable(OtlpWay way) {
    String trace = id(16);
    String endsFirst =
        span(trace, id(8), "ends first", "")
            .replace(
                "\"endTimeUnixNano\":\"" + (NOW + 1), "\"endTimeUnixNano\":\"" + (NOW - 1_000_000));
    OtlpWay.Answer answer =
        way.send(
            pharos,
            Signal.TRACES,
            traces(
                endsFirst,
                span(trace, id(8), "unknown kind", ",\"kind\":77"),
                span(trace, id(8), "orphan", ",\"parentSpanId\":\"" + id(8) + "\""),
                span(trace, id(8), "", "")));
    assertThat(answer.rejected()).as(answer.toString()).isZero();
    assertThat(trace(trace))
        .contains("\"operationName\":\"ends first\"")
        .contains("\"operationName\":\"unknown kind\"")
        .contains("\"operationName\":\"orphan\"")
        .contains("\"operationName\":\"\"");
  }

  @ParameterizedTest
  @EnumSource
  void mendsAndCountsAValueThatIsNotUtf8(OtlpWay way) {
    double repaired = counted("pharos_receiver_repaired_texts_total");
    String service = "utf8-" + way;
    OtlpWay.Answer answer =
        way.send(pharos, Signal.LOGS, logs(service, record("a" + OtlpWay.BAD + "b", "")));
    assertThat(answer.rejected()).as(answer.toString()).isZero();
    assertThat(lines(service)).contains("a" + "\ufffd".repeat(5) + "b");
    assertThat(counted("pharos_receiver_repaired_texts_total") - repaired).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnItemWithAKeyThatIsNotUtf8Alone(OtlpWay way) {
    String attribute =
        ",\"attributes\":[{\"key\":\"k%s\",\"value\":{\"stringValue\":\"v\"}}]"
            .formatted(OtlpWay.BAD);
    String reason = "attribute key \"k" + "\ufffd".repeat(5) + "\" is not UTF-8";
    String service = "keys-" + way;
    assertRejectedAlone(
        way.send(pharos, Signal.LOGS, logs(service, record("bad", attribute), record("good", ""))),
        reason);
    assertThat(lines(service)).contains("\"good\"").doesNotContain("\"bad\"");
    String trace = id(16);
    assertRejectedAlone(
        way.send(
            pharos,
            Signal.TRACES,
            traces(span(trace, id(8), "bad", attribute), span(trace, id(8), "good", ""))),
        reason);
    assertThat(trace(trace))
        .contains("\"operationName\":\"good\"")
        .doesNotContain("\"operationName\":\"bad\"");
    assertRejectedAlone(
        way.send(
            pharos,
            Signal.METRICS,
            metrics(gauge("keys_" + way, point(NOW - 1000, attribute), point(NOW, "")))),
        reason);
    assertThat(samples("keys_" + way)).contains("\"7\"");
  }
}
