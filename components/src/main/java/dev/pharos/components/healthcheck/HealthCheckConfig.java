package dev.pharos.components.healthcheck;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.settings.HttpServerSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The keys of extension `health_check`.
///
/// @param path of the one route
/// @param responseBody texts that replace the JSON answers
public record HealthCheckConfig(
    HttpServerSettings server, String path, Optional<ResponseBody> responseBody) {
  /// What is answered instead of JSON.
  public record ResponseBody(String healthy, String unhealthy) {}

  /// Accepted for the Collector's sake; it has no effect there either.
  record PipelineCheck(boolean enabled, Duration interval, int threshold) {}

  private static final ConfigSchema<ResponseBody> RESPONSE =
      ConfigSchema.of(
          keys ->
              new ResponseBody(
                  keys.text("healthy", "", "the answer while everything runs"),
                  keys.text("unhealthy", "", "the answer otherwise")));

  private static final ConfigSchema<PipelineCheck> PIPELINE =
      ConfigSchema.of(
          keys ->
              new PipelineCheck(
                  keys.bool("enabled", false, "has no effect"),
                  keys.duration("interval", "5m", "has no effect"),
                  keys.field(
                      "exporter_failure_threshold",
                      ConfigTypes.integer(1, Integer.MAX_VALUE),
                      "5",
                      "has no effect")));

  public static final ConfigSchema<HealthCheckConfig> SCHEMA =
      ConfigSchema.<HealthCheckConfig>of(
              keys -> {
                var config =
                    new HealthCheckConfig(
                        keys.inline(
                            HttpServerSettings.SCHEMA.withDefaults(
                                Map.of("endpoint", "localhost:13133"))),
                        keys.text("path", "/", "where it is answered"),
                        keys.optional(
                            "response_body", RESPONSE, "texts in place of the JSON answers"));
                keys.optional("check_collector_pipeline", PIPELINE, "accepted, without effect");
                return config;
              })
          .check(
              (config, check) -> {
                if (!config.path.startsWith("/")) {
                  check.error("path", "\"" + config.path + "\" (expected: to start with /)");
                }
                if (config.server.endpoint().isEmpty()) {
                  check.error("endpoint", "must not be empty (expected: host:port)");
                }
              });
}
