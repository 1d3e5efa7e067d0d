package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.observe.LogTap;
import dev.pharos.transport.Address;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pharos's own telemetry, found in its own store by its own APIs.
@Timeout(60)
class SelfObservationTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir Path directory;

  private final InstanceClient client =
      new InstanceClient().with("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
  private final LogTap lines = new LogTap();
  private final long nowNanos = TimeUnit.MILLISECONDS.toNanos(Clock.systemUTC().millis());

  @Test
  void findsItsOwnMetricsLinesAndSpans() {
    lines.add(new LogTap.Line(nowNanos, 13, "WARN", "dev.pharos.Some", "disk is slow", ""));
    try (Instance instance = start()) {
      Address prometheus = client.serving(instance, "/api/v1/status/buildinfo");
      eventually(
          () -> get(prometheus, "/api/v1/query?query=process_cpu_seconds_total{job=%22pharos%22}"),
          "\"job\":\"pharos\"");
      eventually(
          () -> get(prometheus, "/api/v1/query?query=pharos_store_head_rows"),
          "\"signal\":\"traces\"");
      String route = InstanceClient.encode("{http_route=\"/api/v1/query\"}");
      eventually(
          () ->
              get(
                  prometheus,
                  "/api/v1/query?query=pharos_api_request_duration_seconds_count" + route),
          "\"http_response_status_code\":\"200\"");

      Address loki = client.serving(instance, "/loki/api/v1/status/buildinfo");
      String range = "&start=" + (nowNanos - 60_000_000_000L) + "&end=" + (nowNanos + 1_000_000);
      String query = InstanceClient.encode("{service_name=\"pharos\"} |= \"slow\"");
      eventually(
          () -> get(loki, "/loki/api/v1/query_range?query=" + query + range), "disk is slow");

      Address tempo = client.serving(instance, "/api/echo");
      eventually(() -> get(tempo, "/api/traces/" + TRACE), "GET /api/v1/query");
    }
  }

  @Test
  void makesNoTelemetryOfHandlingItsOwn() {
    try (Instance instance = start()) {
      Address metrics = client.serving(instance, "/metrics");
      String handed =
          "pharos_edge_delivered_items_total{from=\"self/pharos\",signal=\"%s\",to=\"%1$s/pharos\"} ";
      Pattern some = Pattern.compile(Pattern.quote(handed.formatted("metrics")) + "[1-9]");
      eventually(() -> Boolean.toString(some.matcher(get(metrics, "/metrics")).find()), "true");

      assertThat(get(metrics, "/metrics"))
          .contains(handed.formatted("logs") + "0\n")
          .contains(handed.formatted("traces") + "0\n")
          .contains("pharos_self_lost_items_total 0\n");
    }
  }

  private Instance start() {
    var instance = new Instance(Clock.systemUTC(), directory, lines);
    List<String> settings = new ArrayList<>(Training.FREE_PORTS);
    settings.add("receivers::self/pharos::collection_interval=1s");
    var line = new CommandLine("run", Map.of("set", settings));
    instance.run(
        Configuration.load(line, name -> Optional.empty(), directory, instance.factories()));
    return instance;
  }

  private interface Asking {
    String answer();
  }

  private static void eventually(Asking asking, String part) {
    long until = System.nanoTime() + 20_000_000_000L;
    String answer = asking.answer();
    while (!answer.contains(part)) {
      assertThat(System.nanoTime())
          .as("20 s have passed without " + part + " in " + answer)
          .isLessThan(until);
      LockSupport.parkNanos(50_000_000);
      answer = asking.answer();
    }
  }

  private String get(Address address, String path) {
    return client.get(address, path.replace("{", "%7B").replace("}", "%7D")).body();
  }
}
