package dev.pharos.insight.change;

import dev.pharos.insight.Calls;
import dev.pharos.insight.Histogram;
import dev.pharos.store.read.DurationBuckets;
import dev.pharos.store.read.Durations;
import java.util.Optional;

/// How calls of now differ for the worse from calls of the normal: enough to be no chance, and enough to matter.
public sealed interface Departure {
  /// Twice the logarithm of a likelihood ratio, above which a difference is no chance: one in 100,000 for one test,
  /// and some tests are made for each service and answer.
  double LEAST_G = 20;

  /// Failed or slow calls, at least.
  int LEAST_CALLS = 5;

  /// 0 for nothing; 1 for twice as many errors in a hundred calls, or twice as slow; grows with the logarithm.
  double score();

  /// How many calls more than usual are touched, of those now.
  double touched();

  /// More calls fail.
  record Errors(double from, double to, long calls) implements Departure {
    private static final double LEAST_DIFFERENCE = 0.005;
    private static final double LEAST_FACTOR = 2;

    /// Share of errors that weighs as much as a factor of two in durations.
    private static final double UNIT = 0.01;

    public static Optional<Errors> between(Calls normal, Calls now) {
      double from = normal.errorShare();
      double to = now.errorShare();
      double g = Likelihood.ofShares(normal.errors(), normal.calls(), now.errors(), now.calls());
      boolean departs =
          now.errors() >= LEAST_CALLS
              && g >= LEAST_G
              && to - from >= LEAST_DIFFERENCE
              && to >= LEAST_FACTOR * from;
      return departs ? Optional.of(new Errors(from, to, now.calls())) : Optional.empty();
    }

    @Override
    public double score() {
      return Math.log(1 + (to - from) / UNIT) / Math.log(2);
    }

    @Override
    public double touched() {
      return (to - from) * calls;
    }
  }

  /// Calls take longer.
  ///
  /// The place where the two distributions lie farthest apart (the statistic of Kolmogorov and Smirnov, one-sided, on
  /// buckets) tells slow calls from usual ones; G of the calls above it tells whether the distance is chance. It sees a
  /// shift of all calls as well as a tenth of them that became slow.
  ///
  /// @param bucket above which calls are slow
  /// @param more share of calls above it now, less that of the normal
  /// @param quantile which one shows it best, the 95th percentile if that does
  /// @param from that quantile in nanoseconds, of the normal
  /// @param to the same of now
  record Longer(int bucket, double more, double quantile, double from, double to, long calls)
      implements Departure {
    private static final double LEAST_MORE = 0.02;
    private static final double LEAST_FACTOR = 1.6;
    private static final double LEAST_NANOS = 1_500_000;

    /// Of the greatest distance: a higher bucket that is nearly as far tells slow calls better.
    private static final double NEARLY = 0.9;

    private static final double[] QUANTILES = {0.95, 0.99, 0.9, 0.75, 0.5};

    public static Optional<Longer> between(Calls normal, Calls now) {
      Histogram before = normal.durations();
      Histogram after = now.durations();
      if (before.total() == 0 || after.total() == 0) {
        return Optional.empty();
      }
      int bucket = farthest(before, after);
      double more = distance(before, after, bucket);
      double g =
          Likelihood.ofShares(
              before.above(bucket), before.total(), after.above(bucket), after.total());
      if (more < LEAST_MORE || g < LEAST_G || after.above(bucket) < LEAST_CALLS) {
        return Optional.empty();
      }
      Optional<Longer> found = Optional.empty();
      for (double quantile : QUANTILES) {
        double from = before.quantile(quantile).orElse(0);
        double to = after.quantile(quantile).orElse(0);
        if (to >= LEAST_FACTOR * from && to - from >= LEAST_NANOS) {
          if (found.isEmpty() || to / from > 2 * found.get().factor()) {
            found = Optional.of(new Longer(bucket, more, quantile, from, to, after.total()));
          }
        }
      }
      return found;
    }

    private static double distance(Histogram before, Histogram after, int bucket) {
      return (double) after.above(bucket) / after.total()
          - (double) before.above(bucket) / before.total();
    }

    private static int farthest(Histogram before, Histogram after) {
      double greatest = 0;
      for (int bucket = 0; bucket < DurationBuckets.COUNT; bucket++) {
        greatest = Math.max(greatest, distance(before, after, bucket));
      }
      int farthest = DurationBuckets.COUNT - 1;
      while (farthest > 0 && distance(before, after, farthest) < NEARLY * greatest) {
        farthest--;
      }
      return farthest;
    }

    /// How many times longer.
    public double factor() {
      return to / Math.max(1, from);
    }

    /// The least duration of a slow call, in nanoseconds.
    public long leastNanos() {
      return (long) Math.floor(Durations.upperBoundNanos(bucket)) + 1;
    }

    @Override
    public double score() {
      return Math.log(factor()) / Math.log(2);
    }

    @Override
    public double touched() {
      return more * calls;
    }
  }
}
