package dev.pharos.pipeline.config.service;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import java.util.Optional;

/// One way out for Pharos's own metrics.
///
/// @param prometheus a scrape endpoint
/// @param periodic a push, as written
public record MetricReader(Optional<PrometheusReader> prometheus, Optional<Object> periodic) {
  private static final ConfigSchema<Optional<PrometheusReader>> EXPORTER =
      ConfigSchema.of(
          keys ->
              keys.optional("prometheus", PrometheusReader.SCHEMA, "a Prometheus scrape endpoint"));

  private static final ConfigSchema<Optional<PrometheusReader>> PULL =
      ConfigSchema.of(
          keys -> {
            Optional<PrometheusReader> exporter =
                keys.section("exporter", EXPORTER, "what is scraped");
            keys.optional("producers", ConfigTypes.any(), "other sources, accepted and not used");
            return exporter;
          });

  /// An item of `telemetry.metrics.readers`.
  static final ConfigSchema<MetricReader> SCHEMA =
      ConfigSchema.<MetricReader>of(
              keys ->
                  new MetricReader(
                      keys.optional("pull", PULL, "a reader that is asked").flatMap(pull -> pull),
                      keys.optional("periodic", ConfigTypes.any(), "a reader that pushes")))
          .check(
              (reader, check) -> {
                if (reader.prometheus.isPresent() == reader.periodic.isPresent()) {
                  check.error("is neither a pull nor a periodic reader (expected: one of them)");
                }
              });
}
