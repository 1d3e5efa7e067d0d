package dev.pharos.observe;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/// A histogram of non-negative values with fixed upper bounds. Any thread.
public final class Distribution {
  /// Seconds from 0.5 ms to 10 s.
  static final double[] SECONDS = {
    .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10
  };

  private final double[] bounds;
  private final AtomicLongArray counts;
  private final DoubleAdder sum = new DoubleAdder();

  Distribution(double[] bounds) {
    this.bounds = bounds.clone();
    this.counts = new AtomicLongArray(bounds.length + 1);
  }

  public void record(double value) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    counts.incrementAndGet(bucket);
    sum.add(value);
  }

  /// Records the time since `startNanos` of `System.nanoTime()`, in seconds.
  public void recordSince(long startNanos) {
    record((System.nanoTime() - startNanos) / 1e9);
  }

  public double sum() {
    return sum.sum();
  }

  public long count() {
    long total = 0;
    for (int i = 0; i < counts.length(); i++) {
      total += counts.get(i);
    }
    return total;
  }

  /// How many buckets there are: one more than bounds.
  public int buckets() {
    return counts.length();
  }

  /// The upper bound of bucket `i`, which belongs to it; the last bucket has none.
  public double bound(int i) {
    return bounds[i];
  }

  /// How many values fell into bucket `i` alone.
  public long bucket(int i) {
    return counts.get(i);
  }
}
