package dev.pharos.app.query;

import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import java.time.Duration;
import java.util.Optional;

/// The keys of extension `query`: an address for each API; an empty one switches it off.
///
/// @param store the `store` extension to read; empty for the only one
/// @param endpoint of the UI, and of every API under its prefix
/// @param timeout of one query
/// @param lifecycle whether the configuration can be read again over HTTP
public record QuerySettings(
    Optional<ComponentId> store,
    String endpoint,
    String prometheus,
    String loki,
    String tempo,
    String jaeger,
    String metrics,
    Duration timeout,
    boolean lifecycle) {
  static final ConfigSchema<QuerySettings> SCHEMA =
      ConfigSchema.of(
          keys ->
              new QuerySettings(
                  keys.optional(
                      "store",
                      ConfigTypes.componentId(),
                      "the store extension to read; the only one if not set"),
                  address(
                      keys,
                      "endpoint",
                      3000,
                      "the UI, and every API under its prefix: /prometheus, /loki, /tempo, /jaeger, /pharos"),
                  address(keys, "prometheus_endpoint", 9090, "the Prometheus API"),
                  address(keys, "loki_endpoint", 3100, "the Loki API"),
                  address(keys, "tempo_endpoint", 3200, "the Tempo API"),
                  address(keys, "jaeger_endpoint", 16_686, "the Jaeger query API"),
                  address(keys, "metrics_endpoint", 8888, "Pharos's own metrics, at /metrics"),
                  keys.duration("timeout", "2m", "how long a query may take"),
                  keys.bool(
                      "enable_lifecycle",
                      false,
                      "whether POST /-/reload on the Prometheus port reads the configuration again")));

  private static String address(
      dev.pharos.pipeline.config.schema.Fields keys, String key, int port, String doc) {
    return keys.field(key, ConfigTypes.address(), "localhost:" + port, doc + "; empty means off");
  }
}
