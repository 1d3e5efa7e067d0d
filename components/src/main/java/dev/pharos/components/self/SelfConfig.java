package dev.pharos.components.self;

import dev.pharos.pipeline.config.schema.ConfigSchema;
import java.time.Duration;

/// The keys of receiver `self`.
///
/// @param collectionInterval between two readings of the metrics; at least a second
public record SelfConfig(Duration collectionInterval) {
  private static final Duration LEAST = Duration.ofSeconds(1);

  public static final ConfigSchema<SelfConfig> SCHEMA =
      ConfigSchema.<SelfConfig>of(
              keys ->
                  new SelfConfig(
                      keys.duration(
                          "collection_interval",
                          "15s",
                          "between two readings of Pharos's own metrics")))
          .check(
              (config, check) -> {
                if (config.collectionInterval.compareTo(LEAST) < 0) {
                  check.error(
                      "collection_interval",
                      config.collectionInterval + " (expected: at least 1s)");
                }
              });
}
