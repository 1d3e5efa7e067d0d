package dev.pharos.pipeline.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How failed exports are tried again (`retry_on_failure`).
///
/// @param maxElapsed after which an export is given up; zero for never
/// @param multiplier of the wait from one attempt to the next
/// @param randomization share by which each wait is lengthened or shortened, 0 to 1
public record RetryPolicy(
    boolean enabled,
    Duration initialInterval,
    Duration maxInterval,
    Duration maxElapsed,
    double multiplier,
    double randomization) {
  /// The Collector's defaults.
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(true, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(300), 1.5, 0.5);

  /// The wait before attempt `attempt + 1`, counted from 1.
  Duration waitAfter(int attempt, RandomGenerator random) {
    double base = Math.min(
        maxInterval.toNanos(), initialInterval.toNanos() * Math.pow(multiplier, Math.min(attempt - 1, 1_000)));
    double factor = 1 + randomization * (2 * random.nextDouble() - 1);
    return Duration.ofNanos((long) (base * factor));
  }

  /// Whether an export that has lasted `elapsed` may wait that much longer.
  boolean allows(Duration elapsed, Duration wait) {
    return enabled && (maxElapsed.isZero() || elapsed.plus(wait).compareTo(maxElapsed) <= 0);
  }
}
