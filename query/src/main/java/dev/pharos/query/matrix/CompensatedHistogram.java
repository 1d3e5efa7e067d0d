package dev.pharos.query.matrix;

import dev.pharos.query.matrix.FloatHistogram.Buckets;
import java.util.Arrays;

/// A sum of histograms and what rounding took from it (Neumaier), field by field and bucket by bucket. Immutable.
///
/// @param sum the plain sum
/// @param lost the compensation, in the layout of the sum
record CompensatedHistogram(FloatHistogram sum, FloatHistogram lost) {

  static CompensatedHistogram of(FloatHistogram first) {
    return new CompensatedHistogram(first, zeroLike(first));
  }

  private static FloatHistogram zeroLike(FloatHistogram h) {
    return new FloatHistogram(
        h.schema(), 0, 0, h.zeroThreshold(), 0, Buckets.NONE, Buckets.NONE, h.bounds(), h.hint());
  }

  CompensatedHistogram plus(FloatHistogram histogram, Notes notes) {
    FloatHistogram total = HistogramMath.add(sum, histogram, "aggregation", notes);
    FloatHistogram before = laidOutAs(total, sum);
    FloatHistogram added = laidOutAs(total, histogram);
    FloatHistogram old = laidOutAs(total, lost);
    FloatHistogram compensation =
        new FloatHistogram(
            total.schema(),
            lost(before.count(), added.count(), total.count(), old.count()),
            lost(before.sum(), added.sum(), total.sum(), old.sum()),
            total.zeroThreshold(),
            lost(before.zeroCount(), added.zeroCount(), total.zeroCount(), old.zeroCount()),
            lost(before.positive(), added.positive(), total.positive(), old.positive()),
            lost(before.negative(), added.negative(), total.negative(), old.negative()),
            total.bounds(),
            total.hint());
    return new CompensatedHistogram(total, compensation);
  }

  private static FloatHistogram laidOutAs(FloatHistogram layout, FloatHistogram h) {
    if (layout.customBounds()) {
      return HistogramLayout.withBounds(h, layout.bounds());
    }
    FloatHistogram zeroed =
        HistogramLayout.withZero(h, HistogramLayout.widened(h, layout.zeroThreshold()));
    return HistogramLayout.reduced(zeroed, layout.schema());
  }

  private static double lost(double before, double added, double total, double old) {
    return Double.isInfinite(total) ? 0 : old + KahanSum.compensationOf(before, added, total);
  }

  private static Buckets lost(Buckets before, Buckets added, Buckets total, Buckets old) {
    int[] indexes = union(union(before.indexes(), added.indexes()), old.indexes());
    double[] counts = new double[indexes.length];
    int n = 0;
    for (int index : indexes) {
      double part =
          lost(count(before, index), count(added, index), count(total, index), count(old, index));
      if (part != 0) {
        indexes[n] = index;
        counts[n++] = part;
      }
    }
    return n == 0 ? Buckets.NONE : new Buckets(Arrays.copyOf(indexes, n), Arrays.copyOf(counts, n));
  }

  private static double count(Buckets buckets, int index) {
    int at = Arrays.binarySearch(buckets.indexes(), index);
    return at < 0 ? 0 : buckets.counts()[at];
  }

  private static int[] union(int[] a, int[] b) {
    if (b.length == 0) {
      return a.clone();
    }
    int[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return Arrays.stream(all).sorted().distinct().toArray();
  }

  CompensatedHistogram multiplied(double factor) {
    return new CompensatedHistogram(
        HistogramMath.multiply(sum, factor), HistogramMath.multiply(lost, factor));
  }

  CompensatedHistogram divided(double divisor) {
    return new CompensatedHistogram(
        HistogramMath.divide(sum, divisor), HistogramMath.divide(lost, divisor));
  }

  /// Sum and compensation in one.
  FloatHistogram value() {
    return HistogramMath.plain(sum, lost);
  }
}
