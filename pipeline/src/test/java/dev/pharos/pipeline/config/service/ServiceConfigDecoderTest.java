package dev.pharos.pipeline.config.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.model.Signal;
import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.ConfigException;
import dev.pharos.pipeline.config.Conformance;
import dev.pharos.pipeline.config.Problem;
import dev.pharos.pipeline.config.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceConfigDecoderTest {
  private static final String SMALL =
      """
      receivers:
        nop:
      exporters:
        nop:
      service:
        pipelines:
          traces:
            receivers: [nop]
            exporters: [nop]
      """;

  private static ServiceConfigDecoder.Decoded decode(String yaml) {
    return ServiceConfigDecoder.decode(Yaml.root(yaml), TestCatalog.catalog(), Set.of());
  }

  private static ServiceConfigDecoder.Decoded decodeFile(Path file) {
    var loaded = Yaml.loader(Map.of(), Map.of()).load(List.of(file.toString()), List.of());
    return ServiceConfigDecoder.decode(loaded.root(), TestCatalog.catalog(), Set.of());
  }

  private static List<String> errors(String yaml) {
    try {
      decode(yaml);
      return List.of();
    } catch (ConfigException e) {
      return e.errors().stream()
          .map(Problem::toString)
          .map(s -> s.replace("pharos:test:", ""))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "otelcol-nop.yaml",
        "otelcol-log-to-file.yaml",
        "otelcol-otelconftelemetry.yaml",
        "otelcol-statuswatcher.yaml",
        "otelcol-valid-connector-use.yaml",
        "print.yaml",
        "print_default.yaml"
      })
  void loadsWhatTheCollectorLoads(String file) {
    assertThat(decodeFile(Conformance.collector("core_otelcol/" + file)).config().pipelines())
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "otelcol-cyclic-connector.yaml | cycle detected: pipeline \"traces/in\" -> connector \"nop/forward\" ->",
        "otelcol-invalid-components.yaml | :6:3: processors::nosuchprocessor: unknown type: \"nosuchprocessor\"",
        "otelcol-invalid-connector-unused-exp.yaml | connector \"nop/connector1\" used as receiver in [logs/in2] "
            + "pipeline but not used in any supported exporter pipeline",
        "otelcol-invalid-connector-unused-rec.yaml | connector \"nop/connector1\" used as exporter in [logs/in2] "
            + "pipeline but not used in any supported receiver pipeline",
        "otelcol-invalid-receiver-type.yaml | :13:19: service::pipelines::traces: receiver \"nop_logs\" for "
            + "traces: telemetry type is not supported (supported: logs)",
        "otelcol-invalid-telemetry.yaml | :9:5: service::telemetry: unknown key \"unknown\"",
        "otelcol-invalid.yaml | :14:20: service::pipelines::traces: references processor \"invalid\" which is "
            + "not configured",
        "print_invalid.yaml | :5:14: exporters::e::timeout: \"invalid\" (expected: a duration",
        "print_negative.yaml | :5:14: exporters::e::timeout: PT-0.000000001S (expected: not negative)"
      })
  void refusesWhatTheCollectorRefuses(String file, String message) {
    Path found = Conformance.collector("core_otelcol/" + file);
    assertThatThrownBy(() -> decodeFile(found))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void keepsTheOrderOfPipelinesAndComponents() {
    ServiceConfig config =
        decode(
                """
                receivers: {otlp/b: {protocols: {grpc: }}, nop: }
                processors: {batch: , nop/x: }
                exporters: {nop: }
                extensions: {zpages: , nop: }
                service:
                  extensions: [zpages, nop]
                  pipelines:
                    logs/2: {receivers: [otlp/b, nop], processors: [nop/x, batch], exporters: [nop]}
                    traces: {receivers: [nop], exporters: [nop]}
                """)
            .config();
    assertThat(config.pipelines().keySet())
        .containsExactly(new PipelineId(Signal.LOGS, "2"), new PipelineId(Signal.TRACES, ""));
    PipelineConfig logs = config.pipelines().get(PipelineId.parse("logs/2"));
    assertThat(logs.processors())
        .extracting(Reference::id)
        .extracting(ComponentId::toString)
        .containsExactly("nop/x", "batch");
    assertThat(config.receivers().keySet())
        .extracting(ComponentId::toString)
        .containsExactly("otlp/b", "nop");
    TestCatalog.Listen otlp =
        config.receivers().get(ComponentId.parse("otlp/b")).settings(TestCatalog.Listen.class);
    assertThat(otlp.grpc()).contains("localhost:1");
    assertThat(otlp.http()).isEmpty();
    assertThat(config.unused()).isEmpty();
  }

  @Test
  void namesTheMistypedKeyWithItsPlaceAndTheNearestOne() {
    String otlp =
        "  otlp:\n    protocols:\n      grpc:\n        endpont: localhost:4317\nexporters";
    String yaml = SMALL.replace("  nop:\nexporters", otlp);
    assertThat(errors(yaml.replace("receivers: [nop]", "receivers: [otlp]")))
        .containsExactly(
            "5:9: receivers::otlp::protocols::grpc: unknown key \"endpont\"; did you mean \"endpoint\"?"
                + " (expected: one of endpoint)");
  }

  @Test
  void reportsEveryErrorAtOnceInPlace() {
    String yaml =
        """
        receivers:
          npo:
          a/:
          nop/x: {k: 1}
        exporters:
          nop: 5
        proccessors:
        service:
          extensions: [zpages]
          pipelines:
            trace:
              receivers: [nop]
            logs:
              receivers: [npo, nop/y]
              processors: [batch]
              exporters: []
            metrics:
              receivers: nop
              exporters: [nop/x]
        """;
    String[] expected = {
      "2:3: receivers::npo: unknown type: \"npo\" for id: \"npo\"; did you mean \"nop\"?"
          + " (valid values: [nop, nop_logs, otlp, r])",
      "3:3: receivers::a/: id \"a/\": the part after / must not be empty",
      "4:11: receivers::nop/x: unknown key \"k\" (expected: no keys here)",
      "6:8: exporters::nop: 5 (expected: no value)",
      "7:1: unknown key \"proccessors\"; did you mean \"processors\"? (expected: one of receivers, processors,"
          + " exporters, connectors, extensions, service)",
      "9:16: service::extensions: references extension \"zpages\" which is not configured (there is none)",
      "11:5: service::pipelines::trace: unknown pipeline signal: \"trace\"; did you mean \"traces\"?"
          + " (expected: one of [traces, metrics, logs])",
      "14:7: service::pipelines::logs: must have at least one exporter",
      "14:24: service::pipelines::logs: references receiver \"nop/y\" which is not configured;"
          + " did you mean \"nop/x\"? (configured: npo, nop/x)",
      "15:20: service::pipelines::logs: references processor \"batch\" which is not configured (there is none)",
      "18:18: service::pipelines::metrics::receivers: \"nop\" (expected: a list)",
      "19:19: service::pipelines::metrics: references exporter \"nop/x\" which is not configured;"
          + " did you mean \"nop\"? (configured: nop)"
    };
    assertThat(errors(yaml)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | empty configuration file",
        "{receivers: {nop: }, exporters: {nop: }} | service must have at least one pipeline",
        "{receivers: {nop: }, exporters: {nop: }, service: {pipelines: {}}} | service must have at least one pipeline",
        "{exporters: {nop: }} | no receiver configuration specified in config",
        "{receivers: {nop: }} | no exporter configuration specified in config",
        "{receivers: {debug: }, exporters: {nop: }} | \"debug\" is of kind exporter and belongs under exporters",
        "{anchors: &a {b: 1}} | unknown key \"anchors\"",
        "{service: {pipelines: {profiles: {}}}} | profiles are not supported",
        "{service: {pipelines: {traces: }}} | must have at least one receiver"
      })
  void refusesWhatIsIncomplete(String yaml, String message) {
    assertThatThrownBy(() -> decode(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void mayHaveNoPipelinesUnderTheGate() {
    Set<String> gates = Set.of(ServiceConfigDecoder.NO_PIPELINES_GATE);
    var decoded =
        ServiceConfigDecoder.decode(Yaml.root("extensions: {nop: }"), TestCatalog.catalog(), gates);
    assertThat(decoded.config().pipelines()).isEmpty();
  }

  @Test
  void refusesADuplicateProcessorButNoOtherDuplicate() {
    String twice =
        SMALL
            .replace("receivers: [nop]", "receivers: [nop, nop]")
            .replace("exporters: [nop]", "exporters: [nop, nop]");
    assertThat(errors(twice)).isEmpty();
    String processors = SMALL + "      processors: [batch, batch]\nprocessors: {batch: }\n";
    assertThat(errors(processors))
        .containsExactly(
            "10:27: service::pipelines::traces: references processor \"batch\" multiple times");
  }

  @Test
  void refusesAnIdThatIsBothConnectorAndReceiver() {
    assertThat(errors(SMALL + "connectors:\n  nop:\n"))
        .containsExactly(
            "11:3: connectors::nop: ambiguous ID: \"nop\" is a connector and the receiver at 2:3;"
                + " rename one of them, for example to \"nop/connector\"",
            "11:3: connectors::nop: ambiguous ID: \"nop\" is a connector and the exporter at 4:3;"
                + " rename one of them, for example to \"nop/connector\"");
  }

  @Test
  void refusesAConnectorBetweenSignalsItDoesNotJoin() {
    String yaml =
        """
        receivers: {nop: }
        exporters: {nop: }
        connectors: {count: }
        service:
          pipelines:
            traces: {receivers: [nop], exporters: [count]}
            %s: {receivers: [count], exporters: [nop]}
        """;
    assertThat(errors(yaml.formatted("metrics"))).isEmpty();
    assertThat(errors(yaml.formatted("logs")))
        .containsExactlyInAnyOrder(
            "6:44: service::pipelines::traces: connector \"count\" used as exporter in [traces] pipeline but not "
                + "used in"
                + " any supported receiver pipeline (supported: traces-to-metrics)",
            "7:24: service::pipelines::logs: connector \"count\" used as receiver in [logs] pipeline but not used in"
                + " any supported exporter pipeline (supported: traces-to-metrics)");
  }

  @Test
  void findsACycleOverSeveralPipelines() {
    String yaml =
        """
        receivers: {nop: }
        exporters: {nop: }
        connectors: {nop/a: , nop/b: }
        service:
          pipelines:
            logs: {receivers: [nop], exporters: [nop/a]}
            logs/1: {receivers: [nop/a, nop/b], exporters: [nop/b]}
            traces: {receivers: [nop/b], exporters: [nop]}
        """;
    assertThat(errors(yaml))
        .containsExactly(
            "7:5: service::pipelines::logs/1: cycle detected: pipeline \"logs/1\" -> connector \"nop/b\" -> "
                + "pipeline \"logs/1\"");
  }

  @Test
  void takesOldNamesAndSaysTheModernOnes() {
    ServiceConfigDecoder.Decoded decoded =
        decodeFile(Conformance.shared("scenarios/collector-basic.yaml"));
    assertThat(decoded.config().exporters().get(ComponentId.parse("logging")).canonicalId())
        .hasToString("debug");
    assertThat(
            decoded.config().exporters().get(ComponentId.parse("logging")).settings(String.class))
        .isEqualTo("debug");
    assertThat(decoded.warnings())
        .extracting(Problem::toString)
        .anySatisfy(
            w -> assertThat(w).contains(":13:3: exporters::jaeger: is deprecated; use otlp_grpc"))
        .anySatisfy(
            w ->
                assertThat(w)
                    .contains(
                        ":15:3: exporters::logging: \"logging\" alias is deprecated; use \"debug\" instead"))
        .anySatisfy(
            w ->
                assertThat(w)
                    .contains(":16:5: exporters::logging::loglevel: is deprecated; use verbosity"))
        .anySatisfy(
            w ->
                assertThat(w)
                    .contains(
                        ":15:3: exporters::logging: is configured but not used in any pipeline"))
        .hasSize(4);
  }

  @Test
  void decodesUnusedComponentsToo() {
    assertThat(
            errors(
                SMALL.replace("exporters:\n  nop:\n", "exporters:\n  nop:\n  e: {timeout: x}\n")))
        .singleElement()
        .asString()
        .startsWith("5:16: exporters::e::timeout: \"x\"");
    assertThat(decode(SMALL + "extensions: {zpages: }").config().unused())
        .singleElement()
        .extracting(ComponentConfig::path)
        .isEqualTo("extensions::zpages");
  }

  @Test
  void takesRequiredFromAnyExporter() {
    String yaml = SMALL.replace("exporters:\n  nop:\n", "exporters:\n  nop: {required: true}\n");
    ServiceConfig config = decode(yaml).config();
    assertThat(config.exporters().get(ComponentId.parse("nop")).required()).isTrue();
    assertThat(errors(SMALL.replace("exporters:\n  nop:\n", "exporters:\n  nop: {required: 1}\n")))
        .containsExactly("4:19: exporters::nop::required: 1 (expected: true or false)");
  }
}
