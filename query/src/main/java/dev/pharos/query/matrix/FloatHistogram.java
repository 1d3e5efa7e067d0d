package dev.pharos.query.matrix;

import dev.pharos.model.NativeHistogram;
import dev.pharos.model.NativeHistogram.ResetHint;
import java.util.Arrays;

/// A native histogram as queries compute with it: exponential buckets of a schema (-4 to 8), or custom bounds.
///
/// Buckets are sparse and never empty (their counts are not 0), so equal histograms are equal in form. Immutable by
/// agreement.
///
/// @param schema resolution, or [NativeHistogram#CUSTOM_BOUNDS]
/// @param positive buckets above the zero bucket, or all buckets of custom bounds
/// @param negative buckets below the zero bucket, by falling value
/// @param bounds ascending upper bounds of custom buckets without +Inf; else empty
/// @param hint what is known of counter resets
public record FloatHistogram(
    int schema,
    double count,
    double sum,
    double zeroThreshold,
    double zeroCount,
    Buckets positive,
    Buckets negative,
    double[] bounds,
    ResetHint hint) {
  /// Counts by ascending bucket index.
  public record Buckets(int[] indexes, double[] counts) {
    public static final Buckets NONE = new Buckets(new int[0], new double[0]);

    /// Neighbouring buckets from `first` on; empty ones are left out.
    public static Buckets dense(int first, double[] counts) {
      int[] indexes = new int[counts.length];
      double[] kept = new double[counts.length];
      int n = 0;
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] != 0) {
          indexes[n] = first + i;
          kept[n++] = counts[i];
        }
      }
      return n == 0 ? NONE : new Buckets(Arrays.copyOf(indexes, n), Arrays.copyOf(kept, n));
    }

    public int size() {
      return indexes.length;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Buckets b
          && Arrays.equals(indexes, b.indexes)
          && Arrays.equals(counts, b.counts);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(indexes) * 31 + Arrays.hashCode(counts);
    }
  }

  /// The stored histogram in this form.
  public static FloatHistogram of(NativeHistogram stored) {
    return new FloatHistogram(
        stored.schema(),
        stored.count(),
        stored.sum(),
        stored.zeroThreshold(),
        stored.zeroCount(),
        buckets(stored.positive()),
        buckets(stored.negative()),
        stored.bounds(),
        stored.hint());
  }

  private static Buckets buckets(NativeHistogram.Spans spans) {
    int total = spans.counts().length;
    int[] indexes = new int[total];
    double[] counts = new double[total];
    int n = 0;
    int at = 0;
    int index = 0;
    for (int s = 0; s < spans.offsets().length; s++) {
      index += spans.offsets()[s];
      for (int k = 0; k < spans.lengths()[s]; k++) {
        double count = spans.counts()[at++];
        if (count != 0) {
          indexes[n] = index;
          counts[n++] = count;
        }
        index++;
      }
    }
    return n == total
        ? new Buckets(indexes, counts)
        : new Buckets(Arrays.copyOf(indexes, n), Arrays.copyOf(counts, n));
  }

  /// A histogram without observations in the layout of another.
  public static FloatHistogram emptyLike(FloatHistogram other) {
    return new FloatHistogram(
        other.schema, 0, 0, 0, 0, Buckets.NONE, Buckets.NONE, other.bounds, ResetHint.UNKNOWN);
  }

  public boolean customBounds() {
    return schema == NativeHistogram.CUSTOM_BOUNDS;
  }

  /// Whether count, sum or a bucket is infinite.
  boolean overflows() {
    return Double.isInfinite(count)
        || Double.isInfinite(sum)
        || Double.isInfinite(zeroCount)
        || Arrays.stream(positive.counts).anyMatch(Double::isInfinite)
        || Arrays.stream(negative.counts).anyMatch(Double::isInfinite);
  }

  public FloatHistogram withHint(ResetHint other) {
    return other == hint
        ? this
        : new FloatHistogram(
            schema, count, sum, zeroThreshold, zeroCount, positive, negative, bounds, other);
  }
}
