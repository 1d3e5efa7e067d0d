package dev.pharos.store.read;

import java.math.BigInteger;

/// Exponential buckets of scale 2 for durations in nanoseconds, as in OTLP: four to each doubling. Bucket 0 has
/// durations of zero and less, bucket 1 one nanosecond, bucket `b` those above `2^((b-2)/4)` up to `2^((b-1)/4)`,
/// inclusive.
public final class DurationBuckets {
  /// Numbers are below.
  public static final int COUNT = 256;

  /// The greatest whole number in bucket `b`, at index `b`; from 1 on.
  private static final long[] GREATEST = new long[COUNT];

  static {
    for (int bucket = 1; bucket < COUNT; bucket++) {
      BigInteger greatest = BigInteger.TWO.pow(bucket - 1).sqrt().sqrt();
      GREATEST[bucket] = greatest.bitLength() > 63 ? Long.MAX_VALUE : greatest.longValue();
    }
  }

  private DurationBuckets() {}

  /// The bucket of a duration.
  public static int of(long nanos) {
    if (nanos <= 0) {
      return 0;
    }
    int bucket = 1 + 4 * (63 - Long.numberOfLeadingZeros(nanos));
    while (nanos > GREATEST[bucket]) {
      bucket++;
    }
    return bucket;
  }
}
