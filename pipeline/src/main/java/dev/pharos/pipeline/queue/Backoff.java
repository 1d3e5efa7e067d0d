package dev.pharos.pipeline.queue;

import dev.pharos.pipeline.config.settings.RetrySettings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: from attempt to attempt longer by a factor up to a limit, each wait off by
/// a random share, so that exporters that failed together do not come back together. Any thread, if `random` is so.
record Backoff(RetrySettings retry, RandomGenerator random) {
  /// The wait after attempt `attempt`, counted from 1.
  Duration after(int attempt) {
    double base =
        Math.min(
            retry.maxInterval().toNanos(),
            retry.initialInterval().toNanos()
                * Math.pow(retry.multiplier(), Math.min(attempt - 1, 1_000)));
    double factor = 1 + retry.randomizationFactor() * (2 * random.nextDouble() - 1);
    return Duration.ofNanos((long) (base * factor));
  }

  /// Whether there is time for another attempt after `wait`.
  boolean allows(Duration elapsed, Duration wait) {
    return retry.enabled()
        && (retry.maxElapsedTime().isZero()
            || elapsed.plus(wait).compareTo(retry.maxElapsedTime()) <= 0);
  }
}
