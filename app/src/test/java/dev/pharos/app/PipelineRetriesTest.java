package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the pipelines tell of an exporter whose backend fails and comes back, and of the configuration that it has.
@Timeout(60)
class PipelineRetriesTest {
  private static final String PATH = "/pharos/api/v1/pipeline";
  private static final String TOKEN = "hush-hush-42";
  private static final String YAML =
      """
      exporters:
        otlphttp/far:
          endpoint: http://127.0.0.1:%d
          headers: {Authorization: "Bearer ${env:FAR_TOKEN}"}
          retry_on_failure: {initial_interval: 5ms, max_interval: 5ms, randomization_factor: 0}
      service:
        pipelines:
          logs/pharos: {receivers: [otlp/pharos], processors: [], exporters: [store/pharos, otlphttp/far]}
      """;

  @TempDir Path directory;
  private final InstanceClient client = new InstanceClient();
  private final AtomicBoolean away = new AtomicBoolean(true);
  private final HttpServer backend;

  PipelineRetriesTest() throws IOException {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext("/", this::answer);
    backend.start();
  }

  /// While it is away it repeats the header that it was sent, as some gateways do.
  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String sent = exchange.getRequestHeaders().getFirst("Authorization");
    byte[] text = (away.get() ? "no room for " + sent : "").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.sendResponseHeaders(away.get() ? 503 : 200, text.length == 0 ? -1 : text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  @AfterEach
  void stopTheBackend() {
    backend.stop(0);
  }

  @Test
  void showsRetriesUntilTheBackendIsBackAndNeverASecret() throws IOException {
    Path file = directory.resolve("far.yaml");
    Files.writeString(file, YAML.formatted(backend.getAddress().getPort()));
    try (var instance = new Instance(Clock.systemUTC(), directory.resolve("data"))) {
      instance.run(load(instance, file));
      sendLogs(instance);

      String failing =
          eventually(instance, far -> far.path("sending").path("retries").path("503").asLong() > 1);
      JsonNode far = far(failing);
      assertThat(far.path("sending").path("lastError").path("message").asString())
          .contains("503")
          .contains("no room for [REDACTED]");
      assertThat(far.path("sending").path("lastError").path("repeated").asBoolean()).isTrue();
      assertThat(far.path("sending").path("oldest").isNumber()).isTrue();
      assertThat(far.path("sent").asLong()).isZero();
      assertThat(far.path("detail").asString())
          .isEqualTo("http://127.0.0.1:" + backend.getAddress().getPort());
      assertThat(far.path("position").asString()).endsWith("far.yaml:2:3");
      assertThat(read(failing).path("consistent").asBoolean()).as(failing).isTrue();

      away.set(false);
      String back = eventually(instance, one -> one.path("sent").asLong() == 2);
      assertThat(far(back).path("sending").path("retrying").asLong()).isZero();
      assertThat(far(back).path("sending").path("oldest").isNull()).isTrue();

      String whole = get(instance, PATH + "/configuration");
      assertThat(whole).contains("[REDACTED]");
      assertThat(part(read(whole), "otlphttp/far").path("text").asString())
          .contains("Authorization", "[REDACTED]", "num_consumers");
      for (String answer : List.of(failing, back, whole)) {
        assertThat(answer).doesNotContain(TOKEN);
      }
    }
  }

  @Test
  void showsWhyAConfigurationWasRefused() throws IOException {
    Path file = directory.resolve("far.yaml");
    Files.writeString(file, YAML.formatted(backend.getAddress().getPort()));
    try (var instance = new Instance(Clock.systemUTC(), directory.resolve("data"))) {
      instance.run(load(instance, file), () -> load(instance, file));
      assertThat(read(get(instance, PATH)).path("reload").path("refused").isNull()).isTrue();
      long takenUp = read(get(instance, PATH)).path("reload").path("takenUp").asLong();
      Files.writeString(file, "exporters: {nonsense: {}}\n");
      assertThat(instance.reload()).isPresent();
      JsonNode reload = read(get(instance, PATH)).path("reload");
      assertThat(reload.path("refused").path("problem").asString())
          .contains("far.yaml:1:", "nonsense");
      assertThat(reload.path("takenUp").asLong()).isEqualTo(takenUp);
      Files.writeString(file, YAML.formatted(backend.getAddress().getPort()));
      assertThat(instance.reload()).isEmpty();
      assertThat(read(get(instance, PATH)).path("reload").path("refused").isNull()).isTrue();
    }
  }

  private Configuration load(Instance instance, Path file) {
    var options =
        Map.of(
            "set",
            List.copyOf(new ArrayList<>(Training.FREE_PORTS)),
            "config",
            List.of("pharos:default", file.toString()));
    return Configuration.load(
        new CommandLine("run", options),
        name -> name.equals("FAR_TOKEN") ? Optional.of(TOKEN) : Optional.empty(),
        directory,
        instance.factories());
  }

  private void sendLogs(Instance instance) {
    long now = TimeUnit.MILLISECONDS.toNanos(Clock.systemUTC().millis());
    String logs =
        """
        {"resourceLogs": [{"scopeLogs": [{"logRecords": [
          {"timeUnixNano": "%1$d", "body": {"stringValue": "a"}}, {"timeUnixNano": "%1$d", "body": {"stringValue": "b"}}]}]}]}
        """
            .formatted(now);
    assertThat(client.post(client.otlp(instance), "/v1/logs", logs).statusCode()).isEqualTo(200);
  }

  /// The first answer whose exporter is so.
  private String eventually(Instance instance, Predicate<JsonNode> wanted) {
    while (true) {
      String answer = get(instance, PATH);
      if (wanted.test(far(answer))) {
        return answer;
      }
      Thread.onSpinWait();
    }
  }

  private String get(Instance instance, String path) {
    return client.get(client.serving(instance, PATH), path).body();
  }

  private static JsonNode read(String answer) {
    return new JsonMapper().readTree(answer);
  }

  private static JsonNode far(String answer) {
    for (JsonNode node : read(answer).path("nodes")) {
      if (node.path("id").asString().equals("exporter/otlphttp/far")) {
        return node;
      }
    }
    throw new AssertionError("no exporter otlphttp/far in " + answer);
  }

  private static JsonNode part(JsonNode whole, String name) {
    for (JsonNode part : whole.path("components")) {
      if (part.path("name").asString().equals(name)) {
        return part;
      }
    }
    throw new AssertionError("no component " + name + " in " + whole);
  }
}
