package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.pharos.pipeline.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  @TempDir Path directory;

  private Instance process;

  @BeforeEach
  void make() {
    process = new Instance(Clock.systemUTC(), directory.resolve("data"));
  }

  @AfterEach
  void close() {
    process.close();
  }

  private Configuration load(String... words) {
    return Configuration.load(
        CommandLine.parse(words), name -> Optional.empty(), directory, process.factories());
  }

  private void assertOneError(String file, String... parts) {
    assertThatThrownBy(() -> load("--config", file))
        .asInstanceOf(type(ConfigException.class))
        .satisfies(
            e -> {
              assertThat(e.errors()).hasSize(1);
              assertThat(e.errors().getFirst().toString()).contains(parts);
            });
  }

  @Test
  void loadsTheBuiltInOneWithoutAWarning() {
    Configuration configuration = load();

    assertThat(configuration.warnings()).isEmpty();
    assertThat(configuration.service().pipelines()).hasSize(3);
    assertThat(process.build(configuration).notes()).isEmpty();
  }

  @Test
  void mergesTheUsersOverTheBuiltInOne() throws IOException {
    Files.writeString(
        directory.resolve("mine.yaml"),
        """
        receivers:
          otlp:
            protocols:
              http: {endpoint: "localhost:0"}
        service:
          pipelines:
            traces: {receivers: [otlp], exporters: [store/pharos]}
        """);

    Configuration configuration = load("--config", Configuration.BUILT_IN, "--config", "mine.yaml");

    assertThat(configuration.service().pipelines()).hasSize(4);
  }

  @Test
  void namesAMistypedKeyWithItsPlaceAndTheNearestKey() throws IOException {
    Files.writeString(
        directory.resolve("mistyped.yaml"),
        """
        receivers:
          otlp:
            protocols:
              grpc:
                endpont: localhost:4317
        extensions:
          store: {}
        exporters:
          store: {}
        service:
          extensions: [store]
          pipelines:
            traces: {receivers: [otlp], exporters: [store]}
        """);

    assertOneError("mistyped.yaml", "mistyped.yaml:5:9", "endpont", "endpoint");
  }

  @Test
  void namesAComponentThatIsNotThere() throws IOException {
    Files.writeString(
        directory.resolve("unknown.yaml"),
        """
        receivers:
          otpl: {}
        service:
          pipelines: {}
        """);

    assertThatThrownBy(() -> load("--config", "unknown.yaml"))
        .asInstanceOf(type(ConfigException.class))
        .satisfies(
            e ->
                assertThat(e.errors())
                    .anySatisfy(
                        error ->
                            assertThat(error.toString())
                                .contains("unknown.yaml:2:3", "otpl", "otlp")));
  }

  @Test
  void loadsACollectorsConfigurationAndNamesTheModernSpellings() throws IOException {
    Files.writeString(
        directory.resolve("basic.yaml"),
        """
        receivers:
          otlp:
            protocols:
              grpc:
              http:
        processors:
          batch:
        exporters:
          prometheus:
            endpoint: "0.0.0.0:9090"
          jaeger:
            endpoint: "jaeger:14268"
          logging:
            loglevel: debug
        service:
          pipelines:
            metrics: {receivers: [otlp], processors: [batch], exporters: [prometheus]}
            traces: {receivers: [otlp], processors: [batch], exporters: [jaeger]}
        """);

    Configuration configuration = load("--config", "basic.yaml");

    assertThat(configuration.service().pipelines()).hasSize(2);
    assertThat(configuration.warnings())
        .isNotEmpty()
        .allSatisfy(warning -> assertThat(warning.toString()).contains("basic.yaml:"));
    process.build(configuration);
  }

  @Test
  void changesOneKeyFromTheCommandLine() {
    Configuration configuration = load("--set", "extensions::query/pharos::timeout=5s");

    assertThat(configuration.tree().toString()).contains("5s");
  }
}
