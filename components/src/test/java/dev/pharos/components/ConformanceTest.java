package dev.pharos.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.components.attributes.AttributesConfig;
import dev.pharos.components.attributes.ResourceConfig;
import dev.pharos.components.batch.BatchConfig;
import dev.pharos.components.debug.DebugConfig;
import dev.pharos.components.healthcheck.HealthCheckConfig;
import dev.pharos.components.memorylimiter.MemoryLimiterConfig;
import dev.pharos.components.otlp.exporter.OtlpGrpcConfig;
import dev.pharos.components.otlp.exporter.OtlpHttpConfig;
import dev.pharos.components.prometheus.PrometheusConfig;
import dev.pharos.pipeline.config.ConfigLoader;
import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Problem;
import dev.pharos.pipeline.config.Problems;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.Decoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The Collector's own configuration files load or fail as they do there.
class ConformanceTest {
  private static ConfigNode.MapNode file(String path) throws Exception {
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      Path candidate = dir.resolve("shared/conformance/collector").resolve(path);
      if (Files.exists(candidate)) {
        var loader =
            new ConfigLoader(
                name -> Optional.empty(),
                Path.of(""),
                Map.of("test:x", Files.readString(candidate)),
                Set.of());
        return loader.load(List.of("test:x"), List.of()).root();
      }
    }
    assertThat(System.getenv("CI"))
        .as("conformance data is not at hand on CI")
        .isNotEqualTo("true");
    assumeTrue(false, "conformance data is not at hand");
    throw new AssertionError("unreachable");
  }

  private static List<String> errors(ConfigSchema<?> schema, ConfigNode node) {
    Problems problems = new Problems();
    var _ = schema.decode(node, new Decoding("x", problems));
    return problems.errors().stream().map(Problem::toString).toList();
  }

  private static void loads(ConfigSchema<?> schema, String path) throws Exception {
    assertThat(errors(schema, file(path))).as(path).isEmpty();
  }

  private static void fails(ConfigSchema<?> schema, String path, String message) throws Exception {
    assertThat(errors(schema, file(path)))
        .as(path)
        .isNotEmpty()
        .anyMatch(error -> error.contains(message));
  }

  /// A file of several named instances, of which only `failing` are refused.
  private static void instances(ConfigSchema<?> schema, String path, String... failing)
      throws Exception {
    ConfigNode.MapNode all = file(path);
    assertThat(all.entries().keySet()).containsAll(List.of(failing));
    all.entries()
        .forEach(
            (id, entry) -> {
              boolean refused = List.of(failing).contains(id);
              assertThat(!errors(schema, entry.value()).isEmpty())
                  .as(path + " " + id)
                  .isEqualTo(refused);
            });
  }

  @Test
  void attributesProcessor() throws Exception {
    instances(AttributesConfig.SCHEMA, "attributesprocessor/config.yaml");
  }

  @Test
  void resourceProcessor() throws Exception {
    instances(ResourceConfig.SCHEMA, "resourceprocessor/config.yaml", "resource/empty");
  }

  @Test
  void batchProcessor() throws Exception {
    loads(BatchConfig.SCHEMA, "batchprocessor/config.yaml");
  }

  @Test
  void memoryLimiterProcessor() throws Exception {
    loads(MemoryLimiterConfig.SCHEMA, "memorylimiterprocessor/config.yaml");
    fails(
        MemoryLimiterConfig.SCHEMA,
        "memorylimiterprocessor/negative_unsigned_limits_config.yaml",
        "limit_mib");
  }

  @Test
  void debugExporter() throws Exception {
    loads(DebugConfig.SCHEMA, "debugexporter/config_verbosity.yaml");
    loads(DebugConfig.SCHEMA, "debugexporter/config_output_paths.yaml");
    fails(DebugConfig.SCHEMA, "debugexporter/config_output_paths_empty.yaml", "output_paths");
    fails(DebugConfig.SCHEMA, "debugexporter/config_verbosity_typo.yaml", "did you mean");
  }

  @Test
  void otlpGrpcExporter() throws Exception {
    loads(OtlpGrpcConfig.SCHEMA, "otlpexporter/config.yaml");
    loads(OtlpGrpcConfig.SCHEMA, "otlpexporter/default-batch.yaml");
    // A negative timeout is taken as none, with a warning, as the running Collector does.
    instances(
        OtlpGrpcConfig.SCHEMA,
        "otlpexporter/invalid_configs.yaml",
        "no_endpoint",
        "https_endpoint",
        "http_endpoint",
        "invalid_retry",
        "invalid_tls",
        "missing_port",
        "invalid_port",
        "invalid_unix_socket");
  }

  @Test
  void otlpHttpExporter() throws Exception {
    loads(OtlpHttpConfig.SCHEMA, "otlphttpexporter/config.yaml");
    fails(OtlpHttpConfig.SCHEMA, "otlphttpexporter/bad_invalid_encoding.yaml", "encoding");
    ConfigNode.MapNode whole = file("otlphttpexporter/bad_empty_config.yaml");
    ConfigNode.MapNode exporters = (ConfigNode.MapNode) whole.get("exporters").orElseThrow();
    assertThat(errors(OtlpHttpConfig.SCHEMA, exporters.get("otlp_http").orElseThrow()))
        .singleElement()
        .asString()
        .contains("endpoint");
  }

  @Test
  void prometheusExporter() throws Exception {
    instances(PrometheusConfig.SCHEMA, "prometheusexporter/config.yaml");
  }

  @Test
  void healthCheckExtension() throws Exception {
    instances(
        HealthCheckConfig.SCHEMA,
        "healthcheckextension/config.yaml",
        "health_check/missingendpoint",
        "health_check/invalidthreshold",
        "health_check/invalidpath");
  }
}
