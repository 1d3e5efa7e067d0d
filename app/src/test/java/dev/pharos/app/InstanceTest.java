package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.transport.Address;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole program in this process, on free ports, spoken to by HTTP alone.
@Timeout(60)
class InstanceTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "00f067aa0ba902b7";

  @TempDir Path directory;

  private final InstanceClient client = new InstanceClient();
  private final long now = TimeUnit.MILLISECONDS.toNanos(Clock.systemUTC().millis());

  private Instance start() {
    var instance = new Instance(Clock.systemUTC(), directory);
    var line = new CommandLine("run", Map.of("set", Training.FREE_PORTS));
    instance.run(
        Configuration.load(line, name -> Optional.empty(), directory, instance.factories()));
    return instance;
  }

  @Test
  void answersOnEveryApiWhatWasSentAndAgainAfterARestart() {
    try (Instance instance = start()) {
      send(instance, "/v1/traces", spans());
      send(instance, "/v1/logs", logs());
      send(instance, "/v1/metrics", metrics());
      assertFound(instance);
    }
    try (Instance again = start()) {
      assertFound(again);
    }
  }

  @Test
  void answersAllApisOnOnePortUnderTheirPrefixes() {
    try (Instance instance = start()) {
      send(instance, "/v1/traces", spans());
      Address one = client.serving(instance, "/tempo/api/echo");

      assertThat(client.get(one, "/jaeger/api/traces/" + TRACE).body()).contains("POST /pay");
      assertThat(client.get(one, "/tempo/api/traces/" + TRACE).body()).contains("POST /pay");
      assertThat(client.get(one, "/loki/loki/api/v1/labels").statusCode()).isEqualTo(200);
      assertThat(client.get(one, "/prometheus/api/v1/query?query=1").body()).contains("scalar");
    }
  }

  @Test
  void tellsThatItIsHealthyAndCountsItself() {
    try (Instance instance = start()) {
      send(instance, "/v1/traces", spans());

      assertThat(client.get(client.serving(instance, "/metrics"), "/metrics").body())
          .contains("# TYPE")
          .containsPattern("pharos_store_free_bytes [1-9]");
      assertThat(
              instance.addresses().stream()
                  .filter(address -> client.get(address, "/").statusCode() == 200))
          .isNotEmpty();
    }
  }

  @Test
  void leavesNoThreadBehind() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (Instance instance = start()) {
      send(instance, "/v1/logs", logs());
      assertThat(instance.addresses()).isNotEmpty();
    }
    Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
    left.removeAll(before);
    left.removeIf(
        thread -> thread.getName().startsWith("HttpClient-") || thread.getThreadGroup() == null);
    left.removeIf(
        thread ->
            thread.getThreadGroup().getName().equals("system")
                || thread.getName().contains("ForkJoinPool"));
    for (Thread thread : left) {
      thread.join(5_000);
    }

    assertThat(
            left.stream().filter(Thread::isAlive).map(Thread::getName).collect(Collectors.toSet()))
        .isEmpty();
  }

  @Test
  void givesBackWhatRequestsAndQueriesHeld() {
    try (Instance instance = start()) {
      send(instance, "/v1/traces", spans());
      send(instance, "/v1/logs", logs());
      send(instance, "/v1/metrics", metrics());
      assertFound(instance);

      // Heads and the resend window hold data on purpose.
      assertThat(
              instance.accounts().stream()
                  .filter(
                      account ->
                          account.name().contains("flight")
                              || account.name().startsWith("queries")))
          .hasSizeGreaterThanOrEqualTo(2)
          .allSatisfy(account -> assertThat(account.usedBytes()).as(account.name()).isZero());
    }
  }

  @Test
  void startsAfterAnotherOnTheSameDirectoryHasClosed() {
    start().close();
    start().close();

    try (Instance third = start()) {
      assertThat(third.addresses()).isNotEmpty();
    }
  }

  private void assertFound(Instance instance) {
    String range = "&start=" + (now / 1_000_000_000 - 3600) + "&end=" + (now / 1_000_000_000 + 60);
    Address tempo = client.serving(instance, "/api/echo");
    assertThat(
            client
                .get(
                    tempo,
                    "/api/search?q="
                        + InstanceClient.encode("{ span.http.status_code = 500 }")
                        + range)
                .body())
        .contains(TRACE.substring(1));
    assertThat(client.get(tempo, "/api/traces/" + TRACE).body()).contains("POST /pay");
    Address jaeger = client.serving(instance, "/api/services");
    assertThat(client.get(jaeger, "/api/services").body()).contains("\"shop\"");
    assertThat(client.get(jaeger, "/api/traces/" + TRACE).body())
        .contains("\"operationName\":\"POST /pay\"");
    Address loki = client.serving(instance, "/loki/api/v1/status/buildinfo");
    String query = InstanceClient.encode("{service_name=\"shop\"} |= \"refused\"");
    assertThat(client.get(loki, "/loki/api/v1/query_range?query=" + query + range).body())
        .contains(TRACE, "card refused");
    Address prometheus = client.serving(instance, "/api/v1/status/buildinfo");
    assertThat(
            client
                .get(
                    prometheus,
                    "/api/v1/query?query="
                        + InstanceClient.encode("shop_payments_total{method=\"POST\"}"))
                .body())
        .contains("\"job\":\"shop\"", ",\"40\"]");
    assertThat(
            client
                .get(prometheus, "/api/v1/query_exemplars?query=shop_payments_total" + range)
                .body())
        .contains(TRACE);
    assertThat(client.get(prometheus, "/api/v1/metadata").body())
        .contains("\"shop_payments_total\":[{\"type\":\"counter\"");
  }

  private void send(Instance instance, String path, String json) {
    HttpResponse<String> answer = client.post(client.otlp(instance), path, json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private String spans() {
    return """
        {"resourceSpans": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
          "scopeSpans": [{"spans": [{"traceId": "%s", "spanId": "%s", "name": "POST /pay", "kind": 2,
            "startTimeUnixNano": "%d", "endTimeUnixNano": "%d",
            "attributes": [{"key": "http.status_code", "value": {"intValue": "500"}}]}]}]}]}
        """
        .formatted(TRACE, SPAN, now - 1_000_000_000, now);
  }

  private String metrics() {
    return """
        {"resourceMetrics": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
          "scopeMetrics": [{"metrics": [{"name": "shop.payments", "unit": "1", "sum": {"isMonotonic": true,
            "aggregationTemporality": 2, "dataPoints": [{"asInt": "40", "startTimeUnixNano": "%1$d",
              "timeUnixNano": "%2$d", "attributes": [{"key": "method", "value": {"stringValue": "POST"}}],
              "exemplars": [{"asInt": "1", "timeUnixNano": "%2$d", "traceId": "%3$s", "spanId": "%4$s"}]}]}}]}]}]}
        """
        .formatted(now - 60_000_000_000L, now - 1_000_000_000, TRACE, SPAN);
  }

  private String logs() {
    return """
        {"resourceLogs": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
          "scopeLogs": [{"logRecords": [{"timeUnixNano": "%d", "severityNumber": 17,
            "body": {"stringValue": "card refused"}, "traceId": "%s", "spanId": "%s"}]}]}]}
        """
        .formatted(now - 500_000_000, TRACE, SPAN);
  }
}
