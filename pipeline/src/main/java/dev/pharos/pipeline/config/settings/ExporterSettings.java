package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import java.time.Duration;

/// What every exporter that sends over the network has beside its own keys.
///
/// @param timeout of one attempt; zero or less means none
public record ExporterSettings(Duration timeout, RetrySettings retry, QueueSettings queue) {
  /// The keys `timeout`, `retry_on_failure` and `sending_queue`, to stand among an exporter's own. An exporter whose
  /// client already has a `timeout` asks for the other two by [RetrySettings#SCHEMA] and [QueueSettings#SCHEMA].
  public static final ConfigSchema<ExporterSettings> SCHEMA =
      ConfigSchema.<ExporterSettings>of(
              keys ->
                  new ExporterSettings(
                      keys.duration(
                          "timeout", "5s", "how long one attempt may take; 0 means without limit"),
                      keys.section(
                          "retry_on_failure",
                          RetrySettings.SCHEMA,
                          "how a failed export is tried again"),
                      keys.section(
                          "sending_queue", QueueSettings.SCHEMA, "the queue before the exporter")))
          .check(
              (settings, check) -> {
                if (settings.timeout.isNegative()) {
                  check.warn("timeout", settings.timeout + " is taken as no limit");
                }
              });
}
