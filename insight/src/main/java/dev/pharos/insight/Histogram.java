package dev.pharos.insight;

import dev.pharos.store.read.DurationBuckets;
import dev.pharos.store.read.Durations;
import java.util.OptionalDouble;

/// Durations counted in the exponential buckets of [Durations], added up over columns, services or instances. One
/// thread.
public final class Histogram {
  private static final int LEAST_ROOM = 8;

  /// Of consecutive buckets, from `first` on.
  private long[] counts = {};

  private int first;
  private long total;

  public static Histogram of(Durations durations) {
    var histogram = new Histogram();
    histogram.add(durations);
    return histogram;
  }

  public void add(Durations durations) {
    add(durations.firstBucket(), durations.counts());
  }

  public void add(Histogram other) {
    add(other.first, other.counts);
  }

  private void add(int from, long[] added) {
    if (added.length == 0) {
      return;
    }
    cover(from, from + added.length);
    for (int i = 0; i < added.length; i++) {
      counts[from + i - first] += added[i];
      total += added[i];
    }
  }

  void add(int bucket, long count) {
    cover(bucket, bucket + 1);
    counts[bucket - first] += count;
    total += count;
  }

  private void cover(int from, int to) {
    int end = first + counts.length;
    if (counts.length > 0 && from >= first && to <= end) {
      return;
    }
    int newFirst = counts.length == 0 ? from : Math.min(first, from);
    int newEnd = counts.length == 0 ? to : Math.max(end, to);
    int room = Math.max(newEnd - newFirst, LEAST_ROOM);
    var grown = new long[Math.min(room, DurationBuckets.COUNT - newFirst)];
    System.arraycopy(counts, 0, grown, counts.length == 0 ? 0 : first - newFirst, counts.length);
    counts = grown;
    first = newFirst;
  }

  /// The same as a column has it.
  public Durations durations() {
    return total == 0 ? Durations.NONE : new Durations(first, counts.clone());
  }

  public long total() {
    return total;
  }

  /// How many fell into a bucket.
  public long count(int bucket) {
    int at = bucket - first;
    return at < 0 || at >= counts.length ? 0 : counts[at];
  }

  /// How many fell into the buckets above this one.
  public long above(int bucket) {
    long above = 0;
    for (int i = Math.max(0, bucket + 1 - first); i < counts.length; i++) {
      above += counts[i];
    }
    return above;
  }

  /// The bucket that this share of all reaches at most; -1 without a duration.
  int quantileBucket(double share) {
    double rank = share * total;
    long below = 0;
    int last = -1;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        last = first + i;
        below += counts[i];
        if (below >= rank) {
          return last;
        }
      }
    }
    return last;
  }

  /// The duration that this share of all reaches at most, in nanoseconds: exact to its bucket, inside of it as if the
  /// logarithms of the durations were spread evenly. Empty without a duration.
  ///
  /// @param share from 0 to 1
  public OptionalDouble quantile(double share) {
    int bucket = quantileBucket(share);
    if (bucket < 0) {
      return OptionalDouble.empty();
    }
    long in = count(bucket);
    double below = total - above(bucket) - in;
    return OptionalDouble.of(
        valueNanos(bucket, Math.clamp((share * total - below) / in, 0.0, 1.0)));
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
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        sum += counts[i] * valueNanos(first + i, 0.5);
      }
    }
    return sum;
  }
}
