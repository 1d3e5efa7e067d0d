package dev.pharos.store.read;

/// How many durations fell into each exponential bucket of scale 2.
///
/// @param firstBucket the number of the first bucket in `counts`: 0 has durations of zero and less, 1 one nanosecond,
///     `b` those above `2^((b-2)/4)` up to `2^((b-1)/4)` nanoseconds
/// @param counts of consecutive buckets
public record Durations(int firstBucket, long[] counts) {
  public static final Durations NONE = new Durations(0, new long[0]);

  /// The greatest duration of a bucket in nanoseconds.
  public static double upperBoundNanos(int bucket) {
    return bucket == 0 ? 0 : Math.pow(2, (bucket - 1) / 4.0);
  }

  public long count() {
    long count = 0;
    for (long each : counts) {
      count += each;
    }
    return count;
  }
}
