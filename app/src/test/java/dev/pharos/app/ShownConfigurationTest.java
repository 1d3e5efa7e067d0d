package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.service.ComponentKind;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShownConfigurationTest {
  private static final String YAML =
      """
      receivers: {otlp: {protocols: {grpc: {endpoint: "localhost:0"}, http: {endpoint: "localhost:0"}}}}
      processors:
        batch: {timeout: 10ms}
        attributes/redact: {actions: [{key: card.number, action: hash}]}
      exporters:
        otlp_http/far:
          endpoint: https://far.example
          headers: [{name: x-key, value: "Token abc-defgh-ijk"}]
      service:
        pipelines: {logs: {receivers: [otlp], processors: [batch, attributes/redact], exporters: [otlp_http/far]}}
      """;

  @TempDir Path directory;

  private ShownConfiguration shown() {
    try (var instance = new Instance(Clock.systemUTC(), directory)) {
      var line = new CommandLine("run", Map.of("config", List.of("yaml:" + YAML)));
      return ShownConfiguration.of(
          Configuration.load(line, name -> Optional.empty(), directory, instance.factories()),
          instance.factories());
    }
  }

  @Test
  void hidesSecretsInTheTextAndInWhatOthersSay() {
    ShownConfiguration shown = shown();
    assertThat(shown.whole().text()).contains("far.example", "[REDACTED]").doesNotContain("defgh");
    assertThat(shown.hide("refused: Token abc-defgh-ijk is old"))
        .isEqualTo("refused: [REDACTED] is old");
    assertThat(shown.hide("key abc-defgh-ijk")).isEqualTo("key [REDACTED]");
    assertThat(shown.hide("nothing of it: Token")).isEqualTo("nothing of it: Token");
  }

  @Test
  void tellsTheMostTellingSettings() {
    ShownConfiguration shown = shown();
    assertThat(detail(shown, ComponentKind.RECEIVER, "otlp"))
        .isEqualTo("grpc localhost:0, http localhost:0");
    assertThat(detail(shown, ComponentKind.PROCESSOR, "batch")).isEqualTo("timeout 10ms");
    assertThat(detail(shown, ComponentKind.PROCESSOR, "attributes/redact"))
        .contains("card.number")
        .contains("hash");
    assertThat(detail(shown, ComponentKind.EXPORTER, "otlp_http/far"))
        .isEqualTo("https://far.example");
    assertThat(detail(shown, ComponentKind.EXPORTER, "absent")).isEmpty();
  }

  private static String detail(ShownConfiguration shown, ComponentKind kind, String id) {
    return shown.detail(kind, ComponentId.parse(id));
  }
}
