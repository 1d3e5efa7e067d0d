package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.pipeline.config.service.PipelineConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltInPipelinesTest {
  @TempDir Path directory;

  @Test
  void readFromAReceiverThatTakesTheirAddressOver() {
    assertThat(receiversOfBuiltInTraces("localhost:4317"))
        .containsExactly("otlp/pharos", "self/pharos", "otlp");
  }

  @Test
  void leaveAReceiverOnAnotherAddressAlone() {
    assertThat(receiversOfBuiltInTraces("localhost:14317"))
        .containsExactly("otlp/pharos", "self/pharos");
  }

  private List<String> receiversOfBuiltInTraces(String endpoint) {
    String own =
        "yaml:{receivers: {otlp: {protocols: {grpc: {endpoint: \""
            + endpoint
            + "\"}}}},"
            + " service: {pipelines: {traces: {receivers: [otlp], exporters: [store/pharos]}}}}";
    var line = new CommandLine("run", Map.of("config", List.of(Configuration.BUILT_IN, own)));
    try (var process = new Instance(Clock.systemUTC(), directory)) {
      Configuration loaded =
          Configuration.load(line, name -> Optional.empty(), directory, process.factories());
      PipelineConfig traces =
          loaded.service().pipelines().values().stream()
              .filter(pipeline -> pipeline.id().toString().equals("traces/pharos"))
              .findFirst()
              .orElseThrow();
      return traces.receivers().stream().map(reference -> reference.id().toString()).toList();
    }
  }
}
