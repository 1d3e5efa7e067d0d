package dev.pharos.pipeline.config.service;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigTypes;

/// Where and how Pharos's own metrics are served to a Prometheus.
///
/// @param withResourceConstantLabels which resource attributes become labels of every series, as written
public record PrometheusReader(
    String host,
    int port,
    boolean withoutScopeInfo,
    boolean withoutUnits,
    boolean withoutTypeSuffix,
    String translationStrategy,
    Object withResourceConstantLabels) {
  /// The section `prometheus` of a pull reader.
  static final ConfigSchema<PrometheusReader> SCHEMA =
      ConfigSchema.of(
          keys ->
              new PrometheusReader(
                  keys.text("host", "localhost", "where to listen"),
                  keys.field("port", ConfigTypes.port(), "9464", "the port"),
                  keys.bool("without_scope_info", false, "whether otel_scope_info is left out"),
                  keys.bool("without_units", false, "whether units are left out of the names"),
                  keys.bool("without_type_suffix", false, "whether counters go without _total"),
                  keys.text(
                      "translation_strategy",
                      "",
                      "how names are translated; empty means as the flags above say"),
                  keys.field(
                      "with_resource_constant_labels",
                      ConfigTypes.any(),
                      "",
                      "resource attributes that become labels, by included and excluded patterns")));
}
