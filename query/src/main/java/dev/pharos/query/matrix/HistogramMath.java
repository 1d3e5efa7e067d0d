package dev.pharos.query.matrix;

import dev.pharos.model.NativeHistogram.ResetHint;
import dev.pharos.query.matrix.FloatHistogram.Buckets;
import java.util.Arrays;

/// Arithmetic on native histograms. Operands are brought to a common layout first: the coarser schema, the wider zero
/// bucket, the custom bounds that both have (with an info).
public final class HistogramMath {
  private HistogramMath() {}

  /// Whether the two hold the same observations in the same layout, whatever their reset hints.
  public static boolean sameObservations(FloatHistogram a, FloatHistogram b) {
    return a.schema() == b.schema()
        && same(a.count(), b.count())
        && same(a.sum(), b.sum())
        && (a.customBounds()
            || (a.zeroThreshold() == b.zeroThreshold() && a.zeroCount() == b.zeroCount()))
        && a.positive().equals(b.positive())
        && a.negative().equals(b.negative())
        && Arrays.equals(a.bounds(), b.bounds());
  }

  private static boolean same(double a, double b) {
    return a == b || (Double.isNaN(a) && Double.isNaN(b));
  }

  /// The sum; both must have exponential or both custom buckets.
  ///
  /// @param operation how notes call what happens: addition, aggregation
  public static FloatHistogram add(
      FloatHistogram a, FloatHistogram b, String operation, Notes notes) {
    return combine(a, b, 1, hint(a.hint(), b.hint(), operation, notes), operation, notes);
  }

  /// The difference, which is a gauge.
  public static FloatHistogram subtract(
      FloatHistogram a, FloatHistogram b, String operation, Notes notes) {
    hint(a.hint(), b.hint(), operation, notes);
    return difference(a, b, operation, notes);
  }

  /// The difference without a look at the reset hints.
  public static FloatHistogram difference(
      FloatHistogram a, FloatHistogram b, String operation, Notes notes) {
    return combine(a, b, -1, ResetHint.GAUGE, operation, notes);
  }

  /// The sum of two histograms of one layout, with the hint of the first.
  static FloatHistogram plain(FloatHistogram a, FloatHistogram b) {
    return new FloatHistogram(
        a.schema(),
        a.count() + b.count(),
        a.sum() + b.sum(),
        a.zeroThreshold(),
        a.zeroCount() + b.zeroCount(),
        combine(a.positive(), b.positive(), 1),
        combine(a.negative(), b.negative(), 1),
        a.bounds(),
        a.hint());
  }

  private static ResetHint hint(ResetHint a, ResetHint b, String operation, Notes notes) {
    if (a == b) {
      return a;
    }
    if (a == ResetHint.GAUGE || b == ResetHint.GAUGE) {
      return ResetHint.GAUGE;
    }
    if (a != ResetHint.UNKNOWN && b != ResetHint.UNKNOWN) {
      notes.warn("conflicting counter resets during histogram " + operation);
    }
    return ResetHint.UNKNOWN;
  }

  private static FloatHistogram combine(
      FloatHistogram a, FloatHistogram b, int sign, ResetHint hint, String operation, Notes notes) {
    FloatHistogram left = a;
    FloatHistogram right = b;
    if (a.customBounds()) {
      if (!Arrays.equals(a.bounds(), b.bounds())) {
        double[] common = HistogramLayout.commonBounds(a.bounds(), b.bounds());
        left = HistogramLayout.withBounds(a, common);
        right = HistogramLayout.withBounds(b, common);
        notes.inform("mismatched custom buckets were reconciled during " + operation);
      }
    } else {
      FloatHistogram[] pair = HistogramLayout.sameZero(a, b);
      int schema = Math.min(a.schema(), b.schema());
      left = HistogramLayout.reduced(pair[0], schema);
      right = HistogramLayout.reduced(pair[1], schema);
    }
    return new FloatHistogram(
        left.schema(),
        left.count() + sign * right.count(),
        left.sum() + sign * right.sum(),
        left.zeroThreshold(),
        left.zeroCount() + sign * right.zeroCount(),
        combine(left.positive(), right.positive(), sign),
        combine(left.negative(), right.negative(), sign),
        left.bounds(),
        hint);
  }

  private static Buckets combine(Buckets a, Buckets b, int sign) {
    int[] indexes = new int[a.size() + b.size()];
    double[] counts = new double[indexes.length];
    int n = 0;
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      int index;
      double count;
      if (j == b.size() || (i < a.size() && a.indexes()[i] < b.indexes()[j])) {
        index = a.indexes()[i];
        count = a.counts()[i++];
      } else if (i == a.size() || b.indexes()[j] < a.indexes()[i]) {
        index = b.indexes()[j];
        count = sign * b.counts()[j++];
      } else {
        index = a.indexes()[i];
        count = a.counts()[i++] + sign * b.counts()[j++];
      }
      if (count != 0) {
        indexes[n] = index;
        counts[n++] = count;
      }
    }
    return new Buckets(Arrays.copyOf(indexes, n), Arrays.copyOf(counts, n));
  }

  /// Everything times `factor`; a negative factor makes a gauge.
  public static FloatHistogram multiply(FloatHistogram h, double factor) {
    return new FloatHistogram(
        h.schema(),
        h.count() * factor,
        h.sum() * factor,
        h.zeroThreshold(),
        h.zeroCount() * factor,
        scaled(h.positive(), factor, false),
        scaled(h.negative(), factor, false),
        h.bounds(),
        factor < 0 ? ResetHint.GAUGE : h.hint());
  }

  /// Everything by `divisor`; division by zero leaves no buckets.
  public static FloatHistogram divide(FloatHistogram h, double divisor) {
    boolean zero = divisor == 0;
    return new FloatHistogram(
        h.schema(),
        h.count() / divisor,
        h.sum() / divisor,
        h.zeroThreshold(),
        h.zeroCount() / divisor,
        zero ? Buckets.NONE : scaled(h.positive(), divisor, true),
        zero ? Buckets.NONE : scaled(h.negative(), divisor, true),
        h.bounds(),
        divisor < 0 ? ResetHint.GAUGE : h.hint());
  }

  private static Buckets scaled(Buckets buckets, double by, boolean divide) {
    int[] indexes = new int[buckets.size()];
    double[] counts = new double[indexes.length];
    int n = 0;
    for (int i = 0; i < indexes.length; i++) {
      double count = divide ? buckets.counts()[i] / by : buckets.counts()[i] * by;
      if (count != 0) {
        indexes[n] = buckets.indexes()[i];
        counts[n++] = count;
      }
    }
    return new Buckets(Arrays.copyOf(indexes, n), Arrays.copyOf(counts, n));
  }
}
