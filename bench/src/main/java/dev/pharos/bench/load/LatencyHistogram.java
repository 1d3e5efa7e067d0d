package dev.pharos.bench.load;

import java.util.concurrent.atomic.AtomicLongArray;

/// Durations in buckets a thirty-second of a power of two wide, so that a quantile is off by 3 % at most. Any thread.
final class LatencyHistogram {
  private static final int SUB_BITS = 5;
  private static final int SUB = 1 << SUB_BITS;

  private final AtomicLongArray counts = new AtomicLongArray(64 * SUB);

  void record(long nanos) {
    counts.incrementAndGet(bucket(Math.max(0, nanos)));
  }

  void clear() {
    for (int i = 0; i < counts.length(); i++) {
      counts.set(i, 0);
    }
  }

  private static int bucket(long nanos) {
    if (nanos < SUB) {
      return (int) nanos;
    }
    int shift = 63 - Long.numberOfLeadingZeros(nanos) - SUB_BITS;
    return (shift + 1) * SUB + (int) (nanos >>> shift) - SUB;
  }

  /// The middle of a bucket, in nanoseconds.
  private static double middle(int bucket) {
    if (bucket < SUB) {
      return bucket;
    }
    int shift = bucket / SUB - 1;
    return (bucket % SUB + SUB + 0.5) * Math.scalb(1.0, shift);
  }

  /// The duration that this share of all was not longer than, in milliseconds; 0 without any.
  double millis(double quantile) {
    long total = 0;
    for (int i = 0; i < counts.length(); i++) {
      total += counts.get(i);
    }
    long wanted = Math.max(1, (long) Math.ceil(quantile * total));
    long seen = 0;
    for (int i = 0; i < counts.length(); i++) {
      seen += counts.get(i);
      if (seen >= wanted) {
        return middle(i) / 1e6;
      }
    }
    return 0;
  }
}
