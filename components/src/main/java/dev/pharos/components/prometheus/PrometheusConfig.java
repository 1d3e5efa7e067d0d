package dev.pharos.components.prometheus;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.pipeline.config.settings.HttpServerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of exporter `prometheus`.
///
/// @param namespace before every metric's name
/// @param constLabels on every series
/// @param expiration after which a series that gets no more points goes
/// @param resourceLabels whether the Resource's attributes become labels of every series
public record PrometheusConfig(
    HttpServerSettings server,
    String path,
    String namespace,
    Map<String, String> constLabels,
    boolean sendTimestamps,
    Duration expiration,
    boolean resourceLabels,
    boolean enableOpenMetrics,
    Strategy strategy,
    boolean withoutScopeInfo) {
  /// How names are made; the constants are spelt as in the configuration.
  public enum Strategy {
    UnderscoreEscapingWithSuffixes,
    UnderscoreEscapingWithoutSuffixes,
    NoUTF8EscapingWithSuffixes,
    NoTranslation
  }

  private static final ConfigType<Strategy> STRATEGY =
      ConfigTypes.choice(List.of(Strategy.values()), Strategy::name, false);

  private static final ConfigSchema<Boolean> RESOURCE =
      ConfigSchema.of(
          keys -> {
            boolean enabled =
                keys.bool("enabled", false, "whether the Resource's attributes become labels");
            keys.bool("exclude_service_attributes", false, "has no effect");
            return enabled;
          });

  public static final ConfigSchema<PrometheusConfig> SCHEMA =
      ConfigSchema.<PrometheusConfig>of(
              keys -> {
                HttpServerSettings server = keys.inline(HttpServerSettings.SCHEMA);
                String path = keys.text("path", "/metrics", "where it is scraped");
                String namespace = keys.text("namespace", "", "put before every metric's name");
                Map<String, String> labels =
                    keys.field(
                        "const_labels",
                        ConfigTypes.map(ConfigTypes.text()),
                        "{}",
                        "labels of every series");
                boolean timestamps =
                    keys.bool(
                        "send_timestamps", false, "whether samples carry the time of their points");
                Duration expiration =
                    keys.duration(
                        "metric_expiration", "5m", "when a series without new points goes");
                boolean resource =
                    keys.section(
                        "resource_to_telemetry_conversion", RESOURCE, "labels from the Resource");
                boolean openMetrics =
                    keys.bool(
                        "enable_open_metrics",
                        false,
                        "whether OpenMetrics is offered, with exemplars");
                boolean suffixes =
                    keys.bool(
                        "add_metric_suffixes", true, "whether names end in their unit and type");
                Optional<Strategy> strategy =
                    keys.optional(
                        "translation_strategy",
                        STRATEGY,
                        "how names are made; wins over add_metric_suffixes");
                boolean withoutScope =
                    keys.bool(
                        "without_scope_info",
                        false,
                        "whether the labels otel_scope_... are left out");
                Strategy fallback =
                    suffixes
                        ? Strategy.UnderscoreEscapingWithSuffixes
                        : Strategy.UnderscoreEscapingWithoutSuffixes;
                return new PrometheusConfig(
                    server,
                    path,
                    namespace,
                    labels,
                    timestamps,
                    expiration,
                    resource,
                    openMetrics,
                    strategy.orElse(fallback),
                    withoutScope);
              })
          .check(
              (config, check) -> {
                if (!config.path.startsWith("/")) {
                  check.error("path", "\"" + config.path + "\" (expected: to start with /)");
                }
              });
}
