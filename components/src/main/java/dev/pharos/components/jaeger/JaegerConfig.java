package dev.pharos.components.jaeger;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.settings.ExporterSettings;
import dev.pharos.pipeline.config.settings.GrpcClientSettings;

/// The keys that exporter `jaeger` had in the Collector.
public record JaegerConfig(GrpcClientSettings client, ExporterSettings exporter) {
  public static final ConfigSchema<JaegerConfig> SCHEMA =
      ConfigSchema.<JaegerConfig>of(
              keys ->
                  new JaegerConfig(
                      keys.inline(GrpcClientSettings.SCHEMA), keys.inline(ExporterSettings.SCHEMA)))
          .check(
              (config, check) -> {
                if (config.client.endpoint().isEmpty()) {
                  check.error("endpoint", "is missing (expected: host:port)");
                }
              });
}
