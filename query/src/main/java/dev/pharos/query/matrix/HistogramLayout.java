package dev.pharos.query.matrix;

import dev.pharos.query.matrix.FloatHistogram.Buckets;
import java.util.Arrays;

/// Brings native histograms to a common layout: schema, width of the zero bucket, custom bounds.
final class HistogramLayout {
  /// The zero bucket after it was widened.
  record Zero(double threshold, double count) {}

  private HistogramLayout() {}

  /// The histogram at a coarser schema.
  static FloatHistogram reduced(FloatHistogram h, int schema) {
    if (h.customBounds() || schema >= h.schema()) {
      return h;
    }
    int shift = h.schema() - schema;
    return new FloatHistogram(
        schema,
        h.count(),
        h.sum(),
        h.zeroThreshold(),
        h.zeroCount(),
        reduced(h.positive(), shift),
        reduced(h.negative(), shift),
        h.bounds(),
        h.hint());
  }

  private static Buckets reduced(Buckets buckets, int shift) {
    int[] indexes = new int[buckets.size()];
    double[] counts = new double[buckets.size()];
    int n = 0;
    for (int i = 0; i < buckets.size(); i++) {
      int index = ((buckets.indexes()[i] - 1) >> shift) + 1;
      if (n > 0 && indexes[n - 1] == index) {
        counts[n - 1] += buckets.counts()[i];
      } else {
        indexes[n] = index;
        counts[n++] = buckets.counts()[i];
      }
    }
    return new Buckets(Arrays.copyOf(indexes, n), Arrays.copyOf(counts, n));
  }

  /// The zero bucket widened to `threshold`, or further where that lies inside a populated bucket.
  static Zero widened(FloatHistogram h, double threshold) {
    double wide = threshold;
    if (wide == h.zeroThreshold()) {
      return new Zero(wide, h.zeroCount());
    }
    while (true) {
      double count = h.zeroCount();
      for (int i = 0; i < h.positive().size(); i++) {
        int index = h.positive().indexes()[i];
        if (HistogramBuckets.lowerBound(h, index) >= wide) {
          break;
        }
        count += h.positive().counts()[i];
        wide = Math.max(wide, HistogramBuckets.upperBound(h, index));
      }
      double before = wide;
      for (int i = 0; i < h.negative().size(); i++) {
        int index = h.negative().indexes()[i];
        if (HistogramBuckets.lowerBound(h, index) >= wide) {
          break;
        }
        count += h.negative().counts()[i];
        wide = Math.max(wide, HistogramBuckets.upperBound(h, index));
      }
      if (wide == before) {
        return new Zero(wide, count);
      }
    }
  }

  /// The histogram with the given zero bucket, whose observations its buckets no longer hold.
  static FloatHistogram withZero(FloatHistogram h, Zero zero) {
    if (zero.threshold() == h.zeroThreshold()) {
      return h;
    }
    return new FloatHistogram(
        h.schema(),
        h.count(),
        h.sum(),
        zero.threshold(),
        zero.count(),
        above(h, h.positive(), zero.threshold()),
        above(h, h.negative(), zero.threshold()),
        h.bounds(),
        h.hint());
  }

  private static Buckets above(FloatHistogram h, Buckets buckets, double threshold) {
    int first = 0;
    while (first < buckets.size()
        && HistogramBuckets.lowerBound(h, buckets.indexes()[first]) < threshold) {
      first++;
    }
    return first == 0
        ? buckets
        : new Buckets(
            Arrays.copyOfRange(buckets.indexes(), first, buckets.size()),
            Arrays.copyOfRange(buckets.counts(), first, buckets.size()));
  }

  /// Both histograms with one zero threshold, the least that cuts no populated bucket.
  static FloatHistogram[] sameZero(FloatHistogram a, FloatHistogram b) {
    FloatHistogram left = a;
    FloatHistogram right = b;
    while (left.zeroThreshold() != right.zeroThreshold()) {
      if (left.zeroThreshold() > right.zeroThreshold()) {
        right = withZero(right, widened(right, left.zeroThreshold()));
      } else {
        left = withZero(left, widened(left, right.zeroThreshold()));
      }
    }
    return new FloatHistogram[] {left, right};
  }

  /// The bounds that both have.
  static double[] commonBounds(double[] a, double[] b) {
    double[] common = new double[Math.min(a.length, b.length)];
    int n = 0;
    int j = 0;
    for (double bound : a) {
      while (j < b.length && b[j] < bound) {
        j++;
      }
      if (j < b.length && b[j] == bound) {
        common[n++] = bound;
      }
    }
    return Arrays.copyOf(common, n);
  }

  /// A histogram of custom bounds with only some of them.
  static FloatHistogram withBounds(FloatHistogram h, double[] bounds) {
    if (Arrays.equals(h.bounds(), bounds)) {
      return h;
    }
    double[] counts = new double[bounds.length + 1];
    for (int i = 0; i < h.positive().size(); i++) {
      double upper = HistogramBuckets.upperBound(h, h.positive().indexes()[i]);
      int target = 0;
      while (target < bounds.length && bounds[target] < upper) {
        target++;
      }
      counts[target] += h.positive().counts()[i];
    }
    return new FloatHistogram(
        h.schema(),
        h.count(),
        h.sum(),
        h.zeroThreshold(),
        h.zeroCount(),
        Buckets.dense(0, counts),
        h.negative(),
        bounds,
        h.hint());
  }
}
