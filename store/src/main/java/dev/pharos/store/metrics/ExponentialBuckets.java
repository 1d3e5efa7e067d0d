package dev.pharos.store.metrics;

import dev.pharos.model.ExponentialRows;
import dev.pharos.model.HistogramRows;
import dev.pharos.model.LongRows;
import dev.pharos.model.NativeHistogram;
import dev.pharos.store.read.Samples;
import java.util.Arrays;

/// OTLP exponential histograms as Prometheus native histograms. Stateless.
///
/// An OTLP bucket `i` is `(base^i, base^(i+1)]`, a native one `(base^(i-1), base^i]`, so indexes move by one. Scales
/// above 8 are brought down by joining buckets. More than two empty buckets in a row are left out by a new span.
final class ExponentialBuckets {
  static final int MIN_SCHEMA = -4;
  private static final int MAX_SCHEMA = 8;
  private static final int MAX_FILLED_GAP = 2;

  /// What Prometheus assumes of a histogram that names none.
  private static final double DEFAULT_ZERO_THRESHOLD = 1e-128;

  private static final double STALE = Double.longBitsToDouble(Samples.STALE_BITS);

  private ExponentialBuckets() {}

  /// @param recorded false for a point that says its series has ended
  static NativeHistogram of(ExponentialRows rows, int row, boolean recorded) {
    int down = Math.max(0, rows.scale()[row] - MAX_SCHEMA);
    double threshold = rows.zeroThreshold()[row];
    boolean hasSum = (rows.has()[row] & HistogramRows.HAS_SUM) != 0;
    return new NativeHistogram(
        rows.scale()[row] - down,
        recorded ? unsigned(rows.count()[row]) : STALE,
        recorded ? (hasSum ? rows.sum()[row] : 0) : STALE,
        threshold > 0 ? threshold : DEFAULT_ZERO_THRESHOLD,
        unsigned(rows.zeroCount()[row]),
        spans(
            rows.positive(),
            from(rows.positiveEnds(), row),
            rows.positiveEnds()[row],
            rows.positiveOffset()[row],
            down),
        spans(
            rows.negative(),
            from(rows.negativeEnds(), row),
            rows.negativeEnds()[row],
            rows.negativeOffset()[row],
            down),
        new double[0],
        NativeHistogram.ResetHint.UNKNOWN);
  }

  private static int from(int[] ends, int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  static double unsigned(long count) {
    return count >= 0 ? count : (count >>> 1) * 2.0 + (count & 1);
  }

  private static NativeHistogram.Spans spans(
      LongRows counts, int from, int to, int offset, int down) {
    var spans = new SpanBuilder(to - from);
    long pending = 0;
    double sum = 0;
    boolean any = false;
    for (int i = from; i < to; i++) {
      long index = (((long) offset + i - from) >> Math.min(down, Long.SIZE - 1)) + 1;
      if (any && index != pending) {
        spans.bucket(pending, sum);
        sum = 0;
      }
      pending = index;
      any = true;
      sum += unsigned(counts.get(i));
    }
    if (any) {
      spans.bucket(pending, sum);
    }
    return spans.build();
  }

  /// Takes buckets in ascending order.
  private static final class SpanBuilder {
    private final double[] counts;
    private int[] offsets = new int[1];
    private int[] lengths = new int[1];
    private int spanCount;
    private int size;
    private long next;

    SpanBuilder(int room) {
      counts = new double[room];
    }

    void bucket(long index, double count) {
      if (count == 0) {
        return;
      }
      long gap = index - next;
      if (spanCount == 0 || gap > MAX_FILLED_GAP) {
        if (spanCount == offsets.length) {
          offsets = Arrays.copyOf(offsets, spanCount * 2);
          lengths = Arrays.copyOf(lengths, spanCount * 2);
        }
        offsets[spanCount] = (int) gap;
        lengths[spanCount++] = 0;
      } else {
        size += (int) gap;
        lengths[spanCount - 1] += (int) gap;
      }
      counts[size++] = count;
      lengths[spanCount - 1]++;
      next = index + 1;
    }

    NativeHistogram.Spans build() {
      return spanCount == 0
          ? NativeHistogram.Spans.NONE
          : new NativeHistogram.Spans(
              Arrays.copyOf(offsets, spanCount),
              Arrays.copyOf(lengths, spanCount),
              Arrays.copyOf(counts, size));
    }
  }
}
