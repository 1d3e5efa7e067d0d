package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.config.ConfigException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The Collector configurations that users bring: those of components that are there load, the others name each
/// component that is missing, with its place, and nothing else.
class ScenariosTest {
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

  private Configuration load(String... sources) {
    List<String> words = new ArrayList<>();
    for (String source : sources) {
      words.addAll(List.of("--config", source));
    }
    return Configuration.load(
        CommandLine.parse(words.toArray(String[]::new)),
        name -> Optional.empty(),
        directory,
        process.factories());
  }

  /// Pipelines around a block of processors or receivers that a user shows alone.
  private static String around(String receivers, String processors, String exporters) {
    return """
        yaml:service: {pipelines: {traces: {receivers: [%s], processors: [%s], exporters: [%s]}}}"""
        .formatted(receivers, processors, exporters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"collector-basic.yaml", "user-files/ecosystem-08-collector.yaml"})
  void loadsWhole(String file) {
    Configuration configuration = load(Scenarios.file(file).toString());
    assertThat(process.build(configuration)).isNotNull();
  }

  @Test
  void loadsTheRedactionOfAttributes() {
    String file =
        Scenarios.file("user-files/architecture-32-2-sensitive-data-redaction.yaml").toString();
    Configuration configuration =
        load(
            file,
            "yaml:{receivers: {otlp: {protocols: {grpc: }}}, exporters: {debug: }}",
            around("otlp", "attributes", "debug"));
    assertThat(process.build(configuration)).isNotNull();
  }

  @Test
  void namesTheCertificateThatIsNotThere() {
    String file = Scenarios.file("user-files/architecture-30-1-tls-mtls-for-otlp.yaml").toString();
    Configuration configuration =
        load(
            file,
            "yaml:receivers: {otlp: {protocols: {grpc: {endpoint: 127.0.0.1:0}}}}",
            "yaml:exporters: {debug: }",
            around("otlp", "", "debug"));
    assertThatThrownBy(() -> process.run(configuration))
        .isInstanceOf(ComponentException.class)
        .hasMessageContaining("/etc/certs/c");
  }

  /// @param missing the components with line and column, in the order of the file
  @ParameterizedTest
  @CsvSource({
    "collector-gateway.yaml, 26:3: exporters::loki",
    "user-files/architecture-28-pattern-1-collector-as-gateway.yaml, 30:3: exporters::loki",
    "collector-production.yaml, 8:3: receivers::prometheus; 29:3: processors::filter/traces;"
        + " 45:3: exporters::prometheusremotewrite; 47:3: exporters::loki",
    "collector-processors.yaml, 20:3: processors::resourcedetection/system; 22:3: processors::k8sattributes;"
        + " 34:3: processors::tail_sampling; 44:3: processors::probabilistic_sampler;"
        + " 46:3: processors::filter/drop_high_cardinality; 54:3: exporters::kafka"
  })
  void namesEachMissingComponentWithItsPlaceAndNothingElse(String name, String missing) {
    String file = Scenarios.file(name).toString();
    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> load(file));
    List<String> expected =
        Stream.of(missing.split("; ")).map(one -> file + ":" + one + ": unknown type: ").toList();
    assertThat(refused.errors()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(refused.errors().get(i).toString()).startsWith(expected.get(i));
    }
  }
}
