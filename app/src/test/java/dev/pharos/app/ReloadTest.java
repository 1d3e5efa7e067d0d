package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.transport.Address;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole program takes up other configurations while it works.
@Timeout(120)
class ReloadTest {
  private static final String PHAROS = "pharos:default";

  @TempDir Path directory;

  private final InstanceClient client = new InstanceClient();
  private final long now = TimeUnit.MILLISECONDS.toNanos(Clock.systemUTC().millis());

  private Configuration configuration(Instance instance, String yaml, String... more) {
    var settings = new ArrayList<>(Training.FREE_PORTS);
    settings.addAll(List.of(more));
    var options = Map.of("set", List.copyOf(settings), "config", List.of(PHAROS, "yaml:" + yaml));
    return Configuration.load(
        new CommandLine("run", options), name -> Optional.empty(), directory, instance.factories());
  }

  private static String with(String processors, String order) {
    return """
        processors: %s
        exporters: {debug: {verbosity: basic, use_internal_logger: false, output_paths: ["/dev/null"]}}
        service:
          pipelines:
            logs/pharos: {receivers: [otlp/pharos], processors: %s, exporters: [store/pharos, debug]}
        """
        .formatted(processors, order);
  }

  private static final String ATTRIBUTES =
      "{attributes: {actions: [{key: seen, action: upsert, value: %d}]}, batch: {timeout: 10ms}}";

  @Test
  void losesAndRefusesNothingWhileItTakesUpOtherConfigurationsUnderLoad() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    try (var instance = new Instance(Clock.systemUTC(), directory)) {
      List<Configuration> all =
          List.of(
              configuration(instance, with("{}", "[]")),
              configuration(instance, with(ATTRIBUTES.formatted(1), "[attributes]")),
              configuration(instance, with(ATTRIBUTES.formatted(2), "[batch, attributes]")),
              configuration(instance, with(ATTRIBUTES.formatted(2), "[attributes, batch]")),
              configuration(instance, with(ATTRIBUTES.formatted(3), "[batch]")));
      instance.run(all.get(0));
      List<Address> addresses = instance.addresses();
      Address otlp = client.otlp(instance);
      var stop = new AtomicBoolean();
      var sent = new AtomicInteger();
      List<String> refused = new ArrayList<>();
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        senders.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      while (!stop.get()) {
                        HttpResponse<String> answer =
                            client.post(otlp, "/v1/logs", logs(sent.incrementAndGet()));
                        if (answer.statusCode() != 200) {
                          synchronized (refused) {
                            refused.add(answer.statusCode() + " " + answer.body());
                          }
                        }
                      }
                    }));
      }
      for (int i = 0; i < 40; i++) {
        int before = sent.get();
        instance.reload(all.get(random.nextInt(all.size())));
        while (sent.get() < before + 5 && refused.isEmpty()) {
          Thread.onSpinWait();
        }
      }
      stop.set(true);
      for (Thread sender : senders) {
        sender.join();
      }
      assertThat(refused).as("seed " + seed).isEmpty();
      assertThat(instance.addresses()).containsExactlyInAnyOrderElementsOf(addresses);
      String metrics = client.get(client.serving(instance, "/own/metrics"), "/own/metrics").body();
      assertThat(sum(metrics, "pharos_receiver_received_items_total")).isEqualTo(sent.get());
      assertThat(sum(metrics, "pharos_receiver_accepted_items_total")).isEqualTo(sent.get());
      assertThat(sum(metrics, "pharos_store_appended_items_total")).isEqualTo(sent.get());
      assertThat(sum(metrics, "pharos_edge_waiting_items")).isZero();
      assertThat(sum(metrics, "pharos_edge_offered_items_total"))
          .isEqualTo(
              sum(metrics, "pharos_edge_delivered_items_total")
                  + sum(metrics, "pharos_edge_dropped_items_total"));
      assertThat(sum(metrics, "pharos_config_last_reload_successful")).isEqualTo(1);
    }
  }

  @Test
  void refusesABadConfigurationAndGoesOnWithTheOneThatRuns() throws Exception {
    Path file = directory.resolve("extra.yaml");
    Files.writeString(file, with("{batch: }", "[batch]"));
    try (var instance = new Instance(Clock.systemUTC(), directory)) {
      var options =
          Map.of(
              "set", lifecycle("true"), "config", List.of(PHAROS, "file:" + file.toAbsolutePath()));
      var line = new CommandLine("run", options);
      instance.run(
          Configuration.load(line, name -> Optional.empty(), directory, instance.factories()),
          () ->
              Configuration.load(line, name -> Optional.empty(), directory, instance.factories()));
      Address prometheus = client.serving(instance, "/api/v1/status/buildinfo");
      assertThat(client.post(prometheus, "/-/reload", "").statusCode()).isEqualTo(200);

      Files.writeString(file, with("{batsh: }", "[batch]"));
      HttpResponse<String> answer = client.post(prometheus, "/-/reload", "");
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("extra.yaml:1:", "batsh");
      assertThat(client.get(prometheus, "/metrics").body())
          .contains("pharos_config_last_reload_successful 0");
      assertThat(client.post(client.otlp(instance), "/v1/logs", logs(1)).statusCode())
          .isEqualTo(200);

      Files.writeString(file, with("{batch: }", "[]"));
      assertThat(client.post(prometheus, "/-/reload", "").statusCode()).isEqualTo(200);
      assertThat(client.get(prometheus, "/metrics").body())
          .contains("pharos_config_last_reload_successful 1");
      assertThat(client.post(client.otlp(instance), "/v1/logs", logs(2)).statusCode())
          .isEqualTo(200);
    }
  }

  private static List<String> lifecycle(String value) {
    var settings = new ArrayList<>(Training.FREE_PORTS);
    settings.add("extensions::query/pharos::enable_lifecycle=" + value);
    return List.copyOf(settings);
  }

  @Test
  void doesNotReadItAgainOverHttpUnlessAllowed() {
    try (var instance = new Instance(Clock.systemUTC(), directory)) {
      instance.run(configuration(instance, with("{}", "[]")));
      HttpResponse<String> answer =
          client.post(client.serving(instance, "/api/v1/status/buildinfo"), "/-/reload", "");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).isEqualTo("Lifecycle API is not enabled.");
    }
  }

  @Test
  void closesAndOpensTheStoreAgainWhereItsSettingsChange() {
    try (var instance = new Instance(Clock.systemUTC(), directory)) {
      instance.run(configuration(instance, with("{}", "[]")));
      assertThat(client.post(client.otlp(instance), "/v1/logs", logs(1)).statusCode())
          .isEqualTo(200);
      Address otlp = client.otlp(instance);
      instance.reload(
          configuration(instance, with("{}", "[]"), "extensions::store/pharos::resend_window=5m"));
      assertThat(client.otlp(instance)).isEqualTo(otlp);
      assertThat(client.post(otlp, "/v1/logs", logs(2)).statusCode()).isEqualTo(200);
      Address loki = client.serving(instance, "/loki/api/v1/status/buildinfo");
      String range = "&start=" + (now - 3_600_000_000_000L) + "&end=" + (now + 60_000_000_000L);
      String found =
          client
              .get(loki, "/loki/api/v1/query_range?query=%7Bservice_name%3D%22shop%22%7D" + range)
              .body();
      assertThat(found).contains("line 1", "line 2");
    }
  }

  @Test
  void takesTheStoreUpAgainIfItsSuccessorDoesNotOpen() throws Exception {
    Path occupied = directory.resolve("occupied");
    Files.writeString(occupied, "a file, not a directory");
    try (var instance = new Instance(Clock.systemUTC(), directory.resolve("data"))) {
      instance.run(configuration(instance, with("{}", "[]")));
      Configuration failing =
          configuration(
              instance, with("{}", "[]"), "extensions::store/pharos::directory=" + occupied);
      assertThatThrownBy(() -> instance.reload(failing)).hasMessageContaining("cannot be opened");
      assertThat(client.post(client.otlp(instance), "/v1/logs", logs(1)).statusCode())
          .isEqualTo(200);
    }
  }

  /// By equal settings a component is known to be the same.
  @Test
  void knowsTheSettingsOfEveryComponentAgain() {
    try (var instance = new Instance(Clock.systemUTC(), directory)) {
      for (var component : instance.factories().components()) {
        Object settings = component.schema().defaults();
        assertThat(settings).as(component.type()).isEqualTo(component.schema().defaults());
      }
    }
  }

  private static long sum(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> !line.contains("signal=") || line.contains("signal=\"logs\""))
        .filter(line -> !line.contains("receiver=") || line.contains("receiver=\"otlp/"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private String logs(int number) {
    return """
        {"resourceLogs": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
          "scopeLogs": [{"logRecords": [{"timeUnixNano": "%d", "body": {"stringValue": "line %d"}}]}]}]}
        """
        .formatted(now - 1_000_000_000 + number, number);
  }
}
