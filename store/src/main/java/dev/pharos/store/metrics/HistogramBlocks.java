package dev.pharos.store.metrics;

import dev.pharos.model.NativeHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Native histograms of one series in turn: the layout where it changes, and counts as differences from the one before.
/// The sums are kept beside them. Stateless.
final class HistogramBlocks {
  private static final int NUMBER = 0;
  private static final int NEW_LAYOUT = 1;
  private static final int SAME_LAYOUT = 2;
  private static final int INTEGERS = 4;
  private static final double MAX_EXACT = 1L << 53;

  private HistogramBlocks() {}

  /// @param histograms null where the sample is a double
  static void encode(ByteSink out, @Nullable NativeHistogram[] histograms, int from, int count) {
    NativeHistogram before = null;
    double[] beforeCounts = {};
    for (int i = from; i < from + count; i++) {
      NativeHistogram histogram = histograms[i];
      if (histogram == null) {
        out.putByte(NUMBER);
        continue;
      }
      boolean same = before != null && isSameLayout(before, histogram);
      double[] counts = counts(histogram);
      boolean integers = areIntegers(counts) && (!same || areIntegers(beforeCounts));
      out.putByte((same ? SAME_LAYOUT : NEW_LAYOUT) | (integers ? INTEGERS : 0));
      if (!same) {
        putLayout(out, histogram);
      }
      for (int c = 0; c < counts.length; c++) {
        if (integers) {
          out.putZigzag((long) counts[c] - (same ? (long) beforeCounts[c] : 0));
        } else {
          out.putLong(Double.doubleToRawLongBits(counts[c]));
        }
      }
      before = histogram;
      beforeCounts = counts;
    }
  }

  private static boolean isSameLayout(NativeHistogram a, NativeHistogram b) {
    return a.schema() == b.schema()
        && a.hint() == b.hint()
        && Double.doubleToRawLongBits(a.zeroThreshold())
            == Double.doubleToRawLongBits(b.zeroThreshold())
        && isSame(a.positive(), b.positive())
        && isSame(a.negative(), b.negative())
        && Arrays.equals(a.bounds(), b.bounds());
  }

  private static boolean isSame(NativeHistogram.Spans a, NativeHistogram.Spans b) {
    return Arrays.equals(a.offsets(), b.offsets()) && Arrays.equals(a.lengths(), b.lengths());
  }

  private static double[] counts(NativeHistogram histogram) {
    double[] positive = histogram.positive().counts();
    double[] negative = histogram.negative().counts();
    var counts = new double[2 + positive.length + negative.length];
    counts[0] = histogram.count();
    counts[1] = histogram.zeroCount();
    System.arraycopy(positive, 0, counts, 2, positive.length);
    System.arraycopy(negative, 0, counts, 2 + positive.length, negative.length);
    return counts;
  }

  private static boolean areIntegers(double[] counts) {
    for (double count : counts) {
      if (Double.doubleToRawLongBits((double) (long) count) != Double.doubleToRawLongBits(count)
          || Math.abs(count) > MAX_EXACT) {
        return false;
      }
    }
    return true;
  }

  private static void putLayout(ByteSink out, NativeHistogram histogram) {
    out.putZigzag(histogram.schema());
    out.putByte(histogram.hint().ordinal());
    out.putLong(Double.doubleToRawLongBits(histogram.zeroThreshold()));
    putSpans(out, histogram.positive());
    putSpans(out, histogram.negative());
    out.putVarint(histogram.bounds().length);
    for (double bound : histogram.bounds()) {
      out.putLong(Double.doubleToRawLongBits(bound));
    }
  }

  private static void putSpans(ByteSink out, NativeHistogram.Spans spans) {
    out.putVarint(spans.offsets().length);
    for (int i = 0; i < spans.offsets().length; i++) {
      out.putZigzag(spans.offsets()[i]);
      out.putVarint(spans.lengths()[i]);
    }
  }

  /// @param sums of the samples, as stored beside them
  static @Nullable NativeHistogram[] decode(ByteSource in, double[] sums) {
    @Nullable NativeHistogram[] histograms = new NativeHistogram[sums.length];
    NativeHistogram before = null;
    double[] counts = {};
    for (int i = 0; i < sums.length; i++) {
      int flags = in.getByte();
      if (flags == NUMBER) {
        continue;
      }
      boolean same = (flags & 3) == SAME_LAYOUT;
      NativeHistogram layout = same && before != null ? before : layout(in);
      var next =
          new double[2 + layout.positive().counts().length + layout.negative().counts().length];
      for (int c = 0; c < next.length; c++) {
        next[c] =
            (flags & INTEGERS) != 0
                ? in.getZigzag() + (same ? (long) counts[c] : 0)
                : Double.longBitsToDouble(in.getLong());
      }
      before = filled(layout, next, sums[i]);
      histograms[i] = before;
      counts = next;
    }
    return histograms;
  }

  private static NativeHistogram layout(ByteSource in) {
    int schema = (int) in.getZigzag();
    var hint = NativeHistogram.ResetHint.values()[in.getByte()];
    double threshold = Double.longBitsToDouble(in.getLong());
    NativeHistogram.Spans positive = spans(in);
    NativeHistogram.Spans negative = spans(in);
    var bounds = new double[in.getCount(in.left() / 8)];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = Double.longBitsToDouble(in.getLong());
    }
    return new NativeHistogram(schema, 0, 0, threshold, 0, positive, negative, bounds, hint);
  }

  private static NativeHistogram.Spans spans(ByteSource in) {
    int count = in.getCount(in.left());
    if (count == 0) {
      return NativeHistogram.Spans.NONE;
    }
    var offsets = new int[count];
    var lengths = new int[count];
    int total = 0;
    for (int i = 0; i < count; i++) {
      offsets[i] = (int) in.getZigzag();
      lengths[i] = in.getCount(in.left());
      total = Math.addExact(total, lengths[i]);
    }
    return new NativeHistogram.Spans(offsets, lengths, new double[total]);
  }

  private static NativeHistogram filled(NativeHistogram layout, double[] counts, double sum) {
    int positive = layout.positive().counts().length;
    return new NativeHistogram(
        layout.schema(),
        counts[0],
        sum,
        layout.zeroThreshold(),
        counts[1],
        filled(layout.positive(), counts, 2, positive),
        filled(layout.negative(), counts, 2 + positive, counts.length - 2 - positive),
        layout.bounds(),
        layout.hint());
  }

  private static NativeHistogram.Spans filled(
      NativeHistogram.Spans layout, double[] counts, int from, int length) {
    return length == 0
        ? layout
        : new NativeHistogram.Spans(
            layout.offsets(), layout.lengths(), Arrays.copyOfRange(counts, from, from + length));
  }
}
