package dev.pharos.pipeline.config.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Conformance;
import dev.pharos.pipeline.config.Problem;
import dev.pharos.pipeline.config.Problems;
import dev.pharos.pipeline.config.Yaml;
import dev.pharos.pipeline.config.schema.Decoding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetrySettingsTest {
  private final Problems problems = new Problems();

  private TelemetrySettings decode(ConfigNode node) {
    return TelemetrySettings.SCHEMA
        .decode(node, new Decoding("service::telemetry", problems))
        .orElseThrow();
  }

  private TelemetrySettings file(String name) {
    String path = Conformance.collector("core_telemetry/" + name).toString();
    return decode(Yaml.loader(Map.of(), Map.of()).load(List.of(path), List.of()).root());
  }

  private static PrometheusReader prometheus(TelemetrySettings settings) {
    return settings.metrics().readers().getFirst().prometheus().orElseThrow();
  }

  @Test
  void servesMetricsOnPort8888ByDefault() {
    PrometheusReader reader = prometheus(TelemetrySettings.SCHEMA.defaults());
    assertThat(reader.host() + ":" + reader.port()).isEqualTo("localhost:8888");
    assertThat(reader.withoutUnits() && reader.withoutTypeSuffix() && reader.withoutScopeInfo())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config_logs.yaml",
        "config_metrics_empty_readers.yaml",
        "config_prometheus_host_only.yaml",
        "config_resource_detection_development.yaml",
        "config_invalid_metrics_views_feature_gate.yaml"
      })
  void loadsWhatTheCollectorLoads(String name) {
    file(name);
    assertThat(problems.errors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config_invalid_metrics_empty_readers.yaml | :3:12: service::telemetry::metrics::readers: must have at "
            + "least one reader",
        "config_empty_readers.yaml | :3:12: service::telemetry::metrics::readers: must have at least one reader",
        "config_invalid_metrics_views_level.yaml | views: are only allowed with level detailed",
        "config_invalid_unknown_field.yaml | :2:3: service::telemetry::metrics: unknown key \"unknown\"",
        "config_invalid_deprecated_address.yaml | :5:12: service::telemetry::metrics::address: "
            + "\"1212:212121:2121\" (expected: host:port)"
      })
  void refusesWhatTheCollectorRefuses(String name, String message) {
    file(name);
    assertThat(problems.errors()).singleElement().asString().contains(message);
  }

  @Test
  void readsEveryLogSetting() {
    TelemetrySettings.Logs logs = file("config_logs.yaml").logs();
    assertThat(logs.sampling())
        .isEqualTo(new TelemetrySettings.Sampling(false, Duration.ofSeconds(1), 234, 567));
    assertThat(logs.initialFields()).isEqualTo(Map.of("fieldKey", "fieldValue"));
    assertThat(logs.level()).isEqualTo(TelemetrySettings.LogLevel.INFO);
  }

  @Test
  void keepsTheOldAddressWorkingAndNamesTheModernSpelling() {
    PrometheusReader reader = prometheus(file("config_deprecated_address.yaml"));
    assertThat(reader.host() + ":" + reader.port()).isEqualTo("localhost:6666");
    assertThat(problems.warnings())
        .extracting(Problem::toString)
        .singleElement()
        .asString()
        .contains("use readers");
  }

  @Test
  void prefersReadersToTheOldAddress() {
    PrometheusReader reader = prometheus(file("config_deprecated_address_and_readers.yaml"));
    assertThat(reader.port()).isEqualTo(9999);
    assertThat(reader.withoutUnits()).isFalse();
  }

  @Test
  void refusesAPortFromAnUnsetVariable() {
    String yaml = "metrics: {readers: [{pull: {exporter: {prometheus: {port: '${env:NO}'}}}}]}";
    decode(Yaml.root(yaml));
    assertThat(problems.errors())
        .singleElement()
        .asString()
        .contains("port from 0 to 65535", "environment variable NO is not set");
  }
}
