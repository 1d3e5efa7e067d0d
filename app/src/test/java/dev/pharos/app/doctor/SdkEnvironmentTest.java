package dev.pharos.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SdkEnvironmentTest {
  private static List<String> wrong(Map<String, String> variables) {
    return SdkEnvironment.check(name -> Optional.ofNullable(variables.get(name))).stream()
        .filter(finding -> finding.level() != Finding.Level.OK)
        .map(Finding::toString)
        .toList();
  }

  @Test
  void saysNothingWhereNoSdkIsConfigured() {
    assertThat(SdkEnvironment.check(name -> Optional.empty())).isEmpty();
  }

  @Test
  void findsNothingWrongWithTheUsualSettings() {
    assertThat(
            wrong(
                Map.of(
                    "OTEL_SERVICE_NAME", "shop",
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318",
                    "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://localhost:4318/v1/traces")))
        .isEmpty();
  }

  @Test
  void tellsPortAndProtocolThatDoNotFit() {
    assertThat(
            wrong(
                Map.of(
                    "OTEL_SERVICE_NAME", "shop",
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317",
                    "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")))
        .singleElement()
        .asString()
        .contains("http://localhost:4317 is the port of gRPC", "use port 4318");
    assertThat(
            wrong(
                Map.of(
                    "OTEL_SERVICE_NAME", "shop",
                    "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://localhost:4318/v1/logs",
                    "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "grpc")))
        .singleElement()
        .asString()
        .contains("is the port of HTTP, and the protocol is grpc");
  }

  @Test
  void tellsAddressesWithoutSchemeAndWithTooMuchOrTooLittlePath() {
    assertThat(
            wrong(
                Map.of(
                    "OTEL_SERVICE_NAME", "shop",
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4318/v1/traces",
                    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://localhost:4318")))
        .hasSize(3)
        .anySatisfy(text -> assertThat(text).contains("has no scheme"))
        .anySatisfy(text -> assertThat(text).contains("leave the path out"))
        .anySatisfy(text -> assertThat(text).contains("append /v1/metrics"));
  }

  @Test
  void tellsWhatIsSwitchedOffAndANameThatIsMissing() {
    assertThat(
            wrong(
                Map.of(
                    "OTEL_SDK_DISABLED", "TRUE",
                    "OTEL_TRACES_SAMPLER", "always_off",
                    "OTEL_LOGS_EXPORTER", "none")))
        .hasSize(4)
        .anySatisfy(text -> assertThat(text).contains("unknown_service"))
        .anySatisfy(text -> assertThat(text).contains("OTEL_LOGS_EXPORTER=none"));
  }
}
