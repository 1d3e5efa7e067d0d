package dev.pharos.app.training;

import dev.pharos.model.Signal;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Requests of a small shop as OTLP JSON: spans of traces over three services, log lines of every level, and points of
/// the kinds of metrics that SDKs send. The same requests in each run, but for their times. One thread at a time.
final class TrainingRequests {
  private static final List<String> SERVICES = List.of("storefront", "orders", "inventory");
  private static final List<String> ROUTES =
      List.of("/product", "/checkout", "/quote", "/order", "/stock", "/reserve");
  private static final List<String> LEVELS = List.of("INFO", "INFO", "INFO", "WARN", "ERROR");
  private static final int TRACES = 40;
  private static final int LINES = 120;
  private static final int SERVER = 2;
  private static final int CLIENT = 3;
  private static final int FAILED = 2;
  private static final int CUMULATIVE = 2;

  /// Between a span's start and its child's.
  private static final long STEP_NANOS = 1_000_000;

  private static final HexFormat HEX = HexFormat.of();

  private final Random random = new Random(1);
  private long served;

  /// The next request of a signal.
  ///
  /// @param nowNanos Unix time that its newest item ends at
  String next(Signal signal, long nowNanos) {
    return switch (signal) {
      case TRACES -> spans(nowNanos);
      case LOGS -> lines(nowNanos);
      case METRICS -> points(nowNanos);
    };
  }

  /// Traces in which each service calls the next one; one in twenty fails in the last.
  private String spans(long nowNanos) {
    var groups = List.of(new StringBuilder(), new StringBuilder(), new StringBuilder());
    for (int i = 0; i < TRACES; i++) {
      String trace = id(16);
      String route = ROUTES.get(random.nextInt(ROUTES.size()));
      boolean fails = random.nextInt(20) == 0;
      long nanos = 5_000_000L + random.nextLong(200_000_000L);
      long start = nowNanos - nanos;
      String parent = "";
      for (int depth = 0; depth < groups.size(); depth++) {
        String server = id(8);
        String client = id(8);
        StringBuilder group = groups.get(depth);
        group.append(span(trace, server, parent, SERVER, route, start, nanos, fails));
        if (depth + 1 < groups.size()) {
          group.append(
              span(trace, client, server, CLIENT, "GET", start + STEP_NANOS, nanos / 2, fails));
        }
        parent = client;
        start += 2 * STEP_NANOS;
        nanos = nanos / 2 - 2 * STEP_NANOS;
      }
    }
    var all = new StringBuilder();
    for (int depth = 0; depth < groups.size(); depth++) {
      all.append(group("scopeSpans", "spans", SERVICES.get(depth), groups.get(depth)));
    }
    return "{\"resourceSpans\":[" + unended(all) + "]}";
  }

  private String span(
      String trace,
      String id,
      String parent,
      int kind,
      String name,
      long start,
      long nanos,
      boolean fails) {
    String status = fails ? "{\"code\":" + FAILED + ",\"message\":\"no stock\"}" : "{}";
    String event =
        fails
            ? ",\"events\":[{\"timeUnixNano\":\"%d\",\"name\":\"exception\",\"attributes\":[%s%s]}]"
                .formatted(
                    start + STEP_NANOS,
                    attribute("exception.type", "java.lang.IllegalStateException"),
                    unended(attribute("exception.message", "no stock")))
            : "";
    return """
        {"traceId":"%s","spanId":"%s","parentSpanId":"%s","kind":%d,"name":"%s",\
        "startTimeUnixNano":"%d","endTimeUnixNano":"%d","status":%s,"attributes":[%s%s%s%s%s]%s},"""
        .formatted(
            trace,
            id,
            parent,
            kind,
            name,
            start,
            start + Math.max(nanos, STEP_NANOS),
            status,
            attribute("http.route", name),
            attribute("http.request.method", "GET"),
            attribute("url.path", "/shop" + name + "/" + random.nextInt(10_000)),
            attribute("shop.region", random.nextBoolean() ? "eu-north" : "eu-south"),
            "{\"key\":\"http.response.status_code\",\"value\":{\"intValue\":\"%d\"}}"
                .formatted(fails ? 503 : 200),
            event);
  }

  /// Lines of plain text and of JSON, in turn.
  private String lines(long nowNanos) {
    var all = new StringBuilder();
    for (String service : SERVICES) {
      var group = new StringBuilder();
      for (int i = 0; i < LINES / SERVICES.size(); i++) {
        String level = LEVELS.get(random.nextInt(LEVELS.size()));
        int number = random.nextInt(100_000);
        String body =
            i % 2 == 0
                ? "order " + number + " of customer c-" + number % 150 + " was taken"
                : "{\\\"message\\\":\\\"order taken\\\",\\\"order\\\":" + number + "}";
        group.append(
            """
            {"timeUnixNano":"%d","severityNumber":%d,"severityText":"%s","body":{"stringValue":"%s"},\
            "traceId":"%s","spanId":"%s","attributes":[%s]},"""
                .formatted(
                    nowNanos - i * STEP_NANOS,
                    severity(level),
                    level,
                    body,
                    id(16),
                    id(8),
                    unended(attribute("thread.name", "worker-" + number % 8))));
      }
      all.append(group("scopeLogs", "logRecords", service, group));
    }
    return "{\"resourceLogs\":[" + unended(all) + "]}";
  }

  private static int severity(String level) {
    return switch (level) {
      case "ERROR" -> 17;
      case "WARN" -> 13;
      default -> 9;
    };
  }

  /// A sum, a gauge and a histogram of each route of each service.
  private String points(long nowNanos) {
    served += 1 + random.nextInt(50);
    var all = new StringBuilder();
    for (String service : SERVICES) {
      String numbers = points(nowNanos, "\"asDouble\":" + served + ".5");
      String histograms =
          points(
              nowNanos,
              "\"count\":\"%d\",\"sum\":%d,\"explicitBounds\":[0.01,0.1,1],\"bucketCounts\":[\"%d\",\"0\",\"0\",\"0\"]"
                  .formatted(served, served, served));
      String metrics =
          """
          {"name":"shop.requests","unit":"{request}","sum":{"aggregationTemporality":%1$d,"isMonotonic":true,"dataPoints":[%2$s]}},\
          {"name":"shop.stock","unit":"{item}","gauge":{"dataPoints":[%2$s]}},\
          {"name":"http.server.request.duration","unit":"s","histogram":{"aggregationTemporality":%1$d,"dataPoints":[%3$s]}},"""
              .formatted(CUMULATIVE, numbers, histograms);
      all.append(group("scopeMetrics", "metrics", service, new StringBuilder(metrics)));
    }
    return "{\"resourceMetrics\":[" + unended(all) + "]}";
  }

  private static String points(long nowNanos, String value) {
    var points = new StringBuilder();
    for (String route : ROUTES) {
      points.append(
          "{\"startTimeUnixNano\":\"%d\",\"timeUnixNano\":\"%d\",\"attributes\":[%s],%s},"
              .formatted(
                  nowNanos - nowNanos % 3_600_000_000_000L,
                  nowNanos,
                  unended(attribute("http.route", route)),
                  value));
    }
    return unended(points);
  }

  private static String group(String scopes, String items, String service, StringBuilder list) {
    return """
        {"resource":{"attributes":[%s%s]},"%s":[{"scope":{"name":"shop"},"%s":[%s]}]},"""
        .formatted(
            attribute("service.name", service),
            unended(attribute("service.instance.id", service + "-1")),
            scopes,
            items,
            unended(list));
  }

  private static String attribute(String key, String value) {
    return String.format(
        Locale.ROOT, "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}},", key, value);
  }

  /// Without the comma at its end.
  private static String unended(CharSequence list) {
    return list.subSequence(0, list.length() - 1).toString();
  }

  private String id(int bytes) {
    var id = new byte[bytes];
    random.nextBytes(id);
    return HEX.formatHex(id);
  }
}
