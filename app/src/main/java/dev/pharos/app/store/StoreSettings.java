package dev.pharos.app.store;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import dev.pharos.store.StoreConfig;
import java.time.Duration;

/// The keys of extension `store`.
///
/// @param directory empty for the one of the command line
public record StoreSettings(
    String directory,
    Duration tracesRetention,
    Duration metricsRetention,
    Duration logsRetention,
    long maxMib,
    Duration resendWindow,
    long minFreeMib) {
  private static final StoreConfig DEFAULT = StoreConfig.DEFAULT;

  static final ConfigSchema<StoreSettings> SCHEMA =
      ConfigSchema.of(
          keys ->
              new StoreSettings(
                  keys.text("directory", "", "where the data is kept; empty means --data"),
                  keys.duration(
                      "traces_retention",
                      hours(DEFAULT.tracesRetention()),
                      "how long spans are kept; 0 means for ever"),
                  keys.duration(
                      "metrics_retention",
                      hours(DEFAULT.metricsRetention()),
                      "how long samples are kept; 0 means for ever"),
                  keys.duration(
                      "logs_retention",
                      hours(DEFAULT.logsRetention()),
                      "how long log records are kept; 0 means for ever"),
                  keys.field(
                      "max_size_mib",
                      ConfigTypes.longs(0, 1L << 40),
                      "0",
                      "of the whole directory; above it the oldest days go; 0 means no limit"),
                  keys.duration(
                      "resend_window",
                      "10m",
                      "how long a resent request is told from a new one; 0 means never"),
                  keys.field(
                      "min_free_mib",
                      ConfigTypes.longs(0, 1L << 40),
                      Long.toString(DEFAULT.minFreeBytes() >> 20),
                      "room left on the disk below which nothing is taken")));

  private static String hours(Duration duration) {
    return duration.toHours() + "h";
  }

  StoreConfig config() {
    return new StoreConfig(
        tracesRetention,
        logsRetention,
        metricsRetention,
        maxMib << 20,
        resendWindow,
        DEFAULT.maxItemBytes(),
        minFreeMib << 20,
        DEFAULT.cutRows(),
        DEFAULT.shares(),
        true);
  }
}
