package dev.pharos.insight;

import dev.pharos.store.read.Durations;
import java.util.OptionalDouble;

/// Durations counted in the exponential buckets of [Durations], added up over columns, services or instances. One thread.
public final class Histogram {
  private static final int BUCKETS = 256;

  private final long[] counts = new long[BUCKETS];
  private long total;

  public static Histogram of(Durations durations) {
    var histogram = new Histogram();
    histogram.add(durations);
    return histogram;
  }

  public void add(Durations durations) {
    long[] added = durations.counts();
    for (int i = 0; i < added.length; i++) {
      counts[durations.firstBucket() + i] += added[i];
      total += added[i];
    }
  }

  public void add(Histogram other) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      counts[bucket] += other.counts[bucket];
    }
    total += other.total;
  }

  public long total() {
    return total;
  }

  /// How many fell into a bucket.
  public long count(int bucket) {
    return counts[bucket];
  }

  /// The duration that this share of all reaches at most, in nanoseconds: exact to its bucket, inside of it as if the
  /// logarithms of the durations were spread evenly. Empty without a duration.
  ///
  /// @param share from 0 to 1
  public OptionalDouble quantile(double share) {
    if (total == 0) {
      return OptionalDouble.empty();
    }
    double rank = share * total;
    long below = 0;
    int bucket = 0;
    int last = 0;
    for (; bucket < BUCKETS; bucket++) {
      if (counts[bucket] > 0) {
        last = bucket;
        if (below + counts[bucket] >= rank) {
          break;
        }
        below += counts[bucket];
      }
    }
    double inside = Math.clamp((rank - below) / counts[last], 0.0, 1.0);
    return OptionalDouble.of(valueNanos(last, inside));
  }

  private static double valueNanos(int bucket, double inside) {
    if (bucket == 0) {
      return 0;
    }
    double upper = Durations.upperBoundNanos(bucket);
    return bucket == 1 ? upper : upper * Math.pow(2, (inside - 1) / 4);
  }

  /// The sum of all durations in nanoseconds, each taken as the middle of its bucket: within 9 % of the true sum.
  public double sumNanos() {
    double sum = 0;
    for (int bucket = 1; bucket < BUCKETS; bucket++) {
      if (counts[bucket] > 0) {
        sum += counts[bucket] * valueNanos(bucket, 0.5);
      }
    }
    return sum;
  }
}
