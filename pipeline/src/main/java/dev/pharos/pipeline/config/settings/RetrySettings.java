package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.Check;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import java.time.Duration;

/// How a failed export is tried again: exponential back-off with jitter.
///
/// @param maxElapsedTime when to give up; zero means never
public record RetrySettings(
    boolean enabled,
    Duration initialInterval,
    double randomizationFactor,
    double multiplier,
    Duration maxInterval,
    Duration maxElapsedTime) {
  /// The section `retry_on_failure`.
  public static final ConfigSchema<RetrySettings> SCHEMA =
      ConfigSchema.<RetrySettings>of(
              keys ->
                  new RetrySettings(
                      keys.bool("enabled", true, "whether a failed export is tried again"),
                      keys.duration("initial_interval", "5s", "the wait before the second attempt"),
                      keys.decimal(
                          "randomization_factor",
                          0.5,
                          "the share of a wait that is left to chance, 0 to 1"),
                      keys.decimal(
                          "multiplier", 1.5, "what a wait is multiplied with for the next one"),
                      keys.duration("max_interval", "30s", "the longest wait between two attempts"),
                      keys.duration("max_elapsed_time", "300s", "when to give up; 0 means never")))
          .check(RetrySettings::check);

  private static void check(RetrySettings retry, Check check) {
    refuseNegative("initial_interval", retry.initialInterval, check);
    refuseNegative("max_interval", retry.maxInterval, check);
    refuseNegative("max_elapsed_time", retry.maxElapsedTime, check);
    if (!(retry.randomizationFactor >= 0 && retry.randomizationFactor <= 1)) {
      check.error("randomization_factor", retry.randomizationFactor + " (expected: from 0 to 1)");
    }
    if (!(retry.multiplier >= 0)) {
      check.error("multiplier", retry.multiplier + " (expected: at least 0)");
    }
    if (retry.maxElapsedTime.isPositive()) {
      if (retry.maxElapsedTime.compareTo(retry.initialInterval) < 0) {
        check.error("max_elapsed_time", "must not be less than initial_interval");
      } else if (retry.maxElapsedTime.compareTo(retry.maxInterval) < 0) {
        check.error("max_elapsed_time", "must not be less than max_interval");
      }
    }
    if (retry.initialInterval.compareTo(retry.maxInterval) > 0) {
      check.warn("initial_interval", "is greater than max_interval; every wait is max_interval");
    }
  }

  private static void refuseNegative(String key, Duration value, Check check) {
    if (value.isNegative()) {
      check.error(key, value + " (expected: not negative)");
    }
  }
}
