package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.LocalDisk;
import dev.pharos.observe.Ledger;
import dev.pharos.observe.Registry;
import dev.pharos.store.Store;
import dev.pharos.store.StoreConfig;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two tenants with the same trace, series and stream, in the whole program.
@Timeout(60)
class TenancyTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String RED = "red";
  private static final String BLUE = "blue!('.*)";

  @TempDir Path directory;

  private final InstanceClient client = new InstanceClient();
  private final long now = TimeUnit.MILLISECONDS.toNanos(Clock.systemUTC().millis());

  private Instance start(String tenants) {
    var instance = new Instance(Clock.systemUTC(), directory);
    var settings = new ArrayList<>(Training.FREE_PORTS);
    settings.add("service::tenants=" + tenants);
    var line = new CommandLine("run", Map.of("set", List.copyOf(settings)));
    instance.run(
        Configuration.load(line, name -> Optional.empty(), directory, instance.factories()));
    return instance;
  }

  @Test
  void neverShowsOneTenantWhatAnotherSentInHeadAndSegmentsAndAfterARestart() throws Exception {
    try (Instance instance = start("on")) {
      send(instance, RED, "redword");
      send(instance, BLUE, "blueword");
      assertApart(instance);
    }
    try (Instance instance = start("on")) {
      assertApart(instance);
    }
    var registry = new Registry();
    try (Store store =
        Store.open(
            StoreConfig.DEFAULT,
            LocalDisk.open(directory),
            Clock.systemUTC(),
            registry,
            new Ledger(512 << 20))) {
      store.traceEngine().cut();
      store.logEngine().cut();
      store.metricEngine().cut();
    }
    try (Stream<Path> folders = Files.list(directory.resolve("logs/segments"))) {
      assertThat(folders.map(path -> path.getFileName().toString()))
          .contains("red", "blue%21%28%27%2E%2A%29");
    }
    try (Instance instance = start("on")) {
      assertApart(instance);
      send(instance, BLUE, "bluehead");
      assertThat(answers(instance, RED)).noneMatch(answer -> answer.contains("blue"));
    }
  }

  @Test
  void refusesRequestsWithoutAValidTenant() {
    try (Instance instance = start("on")) {
      for (String tenant : new String[] {"", "a|b", "x".repeat(151)}) {
        HttpResponse<String> answer = post(instance, "/v1/logs", tenant, logs("word"));
        assertThat(answer.statusCode()).as(tenant).isEqualTo(400);
        assertThat(answer.body()).contains("enant");
        for (String path : paths()) {
          String expected = path.contains("/api/v1/query?") ? "bad_data" : "enant";
          HttpResponse<String> queried = query(instance, path, tenant);
          assertThat(queried.statusCode()).as(path).isEqualTo(400);
          assertThat(queried.body()).contains(expected);
        }
      }
      assertThat(post(instance, "/v1/logs", "x".repeat(150), logs("word")).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void ignoresTheHeaderWhileTenantsAreOff() {
    try (Instance instance = start("off")) {
      send(instance, "a|b", "redword");
      assertThat(answers(instance, "")).allMatch(answer -> answer.contains("redword"));
    }
  }

  private void assertApart(Instance instance) {
    assertThat(answers(instance, RED))
        .allMatch(answer -> answer.contains("redword") && !answer.contains("blueword"));
    assertThat(answers(instance, BLUE))
        .allMatch(answer -> answer.contains("blueword") && !answer.contains("redword"));
    assertThat(answers(instance, "green"))
        .noneMatch(answer -> answer.contains("blueword") || answer.contains("redword"));
  }

  private List<String> answers(Instance instance, String tenant) {
    return paths().stream().map(path -> query(instance, path, tenant).body()).toList();
  }

  /// One query of each API that shows the word, and the lists of names.
  private List<String> paths() {
    String range = "&start=" + (now / 1_000_000_000 - 3600) + "&end=" + (now / 1_000_000_000 + 60);
    return List.of(
        "/prometheus/api/v1/query?query=" + InstanceClient.encode("{__name__=~\"shop.*\"}"),
        "/prometheus/api/v1/label/word/values?x=y",
        "/prometheus/api/v1/metadata?limit=10",
        "/loki/loki/api/v1/query_range?query="
            + InstanceClient.encode("{service_name=\"shop\"}")
            + range,
        "/loki/loki/api/v1/label/service_namespace/values?x=y" + range,
        "/tempo/api/traces/" + TRACE,
        "/tempo/api/search?q=" + InstanceClient.encode("{ .word != \"\" } ") + range,
        "/tempo/api/v2/search/tag/span.word/values?x=y" + range,
        "/jaeger/api/traces/" + TRACE,
        "/jaeger/api/services/shop/operations");
  }

  private HttpResponse<String> query(Instance instance, String path, String tenant) {
    return as(tenant).get(client.serving(instance, "/tempo/api/echo"), path);
  }

  private InstanceClient as(String tenant) {
    return tenant.isEmpty() ? client : client.with("X-Scope-OrgID", tenant);
  }

  private void send(Instance instance, String tenant, String word) {
    assertThat(post(instance, "/v1/traces", tenant, spans(word)).statusCode()).isEqualTo(200);
    assertThat(post(instance, "/v1/logs", tenant, logs(word)).statusCode()).isEqualTo(200);
    assertThat(post(instance, "/v1/metrics", tenant, metrics(word)).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> post(Instance instance, String path, String tenant, String json) {
    return as(tenant).post(client.otlp(instance), path, json);
  }

  private static String resource(String word) {
    return """
        {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}},
          {"key": "service.namespace", "value": {"stringValue": "%s"}}]}"""
        .formatted(word);
  }

  private static String attributes(String word) {
    return "[{\"key\": \"word\", \"value\": {\"stringValue\": \"" + word + "\"}}]";
  }

  private String spans(String word) {
    return """
        {"resourceSpans": [{"resource": %s, "scopeSpans": [{"spans": [{"traceId": "%s",
          "spanId": "00f067aa0ba902b7", "name": "%s", "kind": 2, "startTimeUnixNano": "%d",
          "endTimeUnixNano": "%d", "attributes": %s}]}]}]}
        """
        .formatted(resource(word), TRACE, word, now - 1_000_000_000, now, attributes(word));
  }

  private String metrics(String word) {
    return """
        {"resourceMetrics": [{"resource": %s, "scopeMetrics": [{"metrics": [{"name": "shop.%s",
          "gauge": {"dataPoints": [{"asInt": "40", "timeUnixNano": "%d", "attributes": %s}]}}]}]}]}
        """
        .formatted(resource(word), word, now - 1_000_000_000, attributes(word));
  }

  private String logs(String word) {
    return """
        {"resourceLogs": [{"resource": %s, "scopeLogs": [{"logRecords": [{"timeUnixNano": "%d",
          "body": {"stringValue": "%s"}}]}]}]}
        """
        .formatted(resource(word), now - 500_000_000, word);
  }
}
