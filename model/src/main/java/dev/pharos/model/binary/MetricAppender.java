package dev.pharos.model.binary;

import dev.pharos.model.ExemplarRows;
import dev.pharos.model.ExponentialRows;
import dev.pharos.model.HistogramRows;
import dev.pharos.model.LongRows;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.PointRows;
import dev.pharos.model.SummaryRows;
import java.util.BitSet;

/// Appends data points with their metrics. A metric without points comes along with the point that would follow its
/// own.
final class MetricAppender extends BatchAppender<MetricBatch> {
  /// The last metric row of the current source that was appended.
  private int lastMetric = -1;

  MetricAppender(MetricBatch target) {
    super(target);
  }

  @Override
  void begin() {
    lastMetric = -1;
  }

  @Override
  void copy(MetricBatch source, int from, int to, Remap symbols) {
    boolean tail = to == source.items();
    int first = 0;
    for (int m = 0; m < source.rows(); m++) {
      int start = first;
      int end = source.pointEnds()[m];
      first = end;
      boolean wanted =
          start == end ? from <= start && (start < to || tail) : start < to && end > from;
      if (wanted && (start < end || m > lastMetric)) {
        metric(source, m, symbols);
        points(source, m, Math.max(start, from), Math.min(end, to), symbols);
      }
    }
  }

  /// Appends the metrics and points whose bits are not set; a metric goes with its last point.
  void appendKept(MetricBatch source, BitSet droppedMetrics, BitSet droppedPoints) {
    Remap symbols = prepare(source);
    int start = 0;
    for (int m = 0; m < source.rows(); m++) {
      int end = source.pointEnds()[m];
      if (!droppedMetrics.get(m)) {
        if (start == end) {
          metric(source, m, symbols);
        }
        for (int from = droppedPoints.nextClearBit(start); from < end; ) {
          int next = droppedPoints.nextSetBit(from);
          int to = next < 0 ? end : Math.min(next, end);
          metric(source, m, symbols);
          points(source, m, from, to, symbols);
          from = droppedPoints.nextClearBit(to);
        }
      }
      start = end;
    }
  }

  private void metric(MetricBatch source, int m, Remap symbols) {
    if (m == lastMetric) {
      return;
    }
    lastMetric = m;
    MetricBatch target = target();
    int at = target.addRows(1);
    target.name()[at] = symbols.symbol(source.name()[m]);
    target.description()[at] = symbols.symbol(source.description()[m]);
    target.unit()[at] = symbols.symbol(source.unit()[m]);
    target.kind()[at] = source.kind()[m];
    target.temporality()[at] = source.temporality()[m];
    target.monotonic()[at] = source.monotonic()[m];
    target.pointEnds()[at] = target.points().rows();
    resources(source.resources(), source.resource(), target.resource(), m, at, 1);
    scopes(source.scopes(), source.scope(), target.scope(), m, at, 1);
    symbols.attributes(source.metadata(), target.metadata(), m, m + 1);
  }

  private void points(MetricBatch source, int m, int from, int to, Remap symbols) {
    int count = to - from;
    if (count <= 0) {
      return;
    }
    PointRows in = source.points();
    MetricBatch target = target();
    PointRows out = target.points();
    int at = out.addRows(count);
    System.arraycopy(in.startNanos(), from, out.startNanos(), at, count);
    System.arraycopy(in.timeNanos(), from, out.timeNanos(), at, count);
    System.arraycopy(in.flags(), from, out.flags(), at, count);
    System.arraycopy(in.valueType(), from, out.valueType(), at, count);
    System.arraycopy(in.value(), from, out.value(), at, count);
    for (int i = 0; i < count; i++) {
      int detail = in.detail()[from + i];
      out.detail()[at + i] =
          switch (source.kind()[m]) {
            case MetricBatch.HISTOGRAM ->
                histogram(source.histograms(), detail, target.histograms());
            case MetricBatch.EXPONENTIAL_HISTOGRAM ->
                exponential(source.exponentials(), detail, target.exponentials());
            case MetricBatch.SUMMARY -> summary(source.summaries(), detail, target.summaries());
            default -> -1;
          };
    }
    symbols.attributes(in.attributes(), out.attributes(), from, to);
    ends(in.exemplarEnds(), out.exemplarEnds(), from, at, count, out.exemplars().rows());
    exemplars(
        in.exemplars(),
        childrenFrom(in.exemplarEnds(), from),
        in.exemplarEnds()[to - 1],
        out.exemplars(),
        symbols);
    target.pointEnds()[target.rows() - 1] = out.rows();
  }

  private static void exemplars(
      ExemplarRows in, int from, int to, ExemplarRows out, Remap symbols) {
    int count = to - from;
    int at = out.addRows(count);
    System.arraycopy(in.timeNanos(), from, out.timeNanos(), at, count);
    System.arraycopy(in.valueType(), from, out.valueType(), at, count);
    System.arraycopy(in.value(), from, out.value(), at, count);
    System.arraycopy(in.traceHi(), from, out.traceHi(), at, count);
    System.arraycopy(in.traceLo(), from, out.traceLo(), at, count);
    System.arraycopy(in.spanId(), from, out.spanId(), at, count);
    symbols.attributes(in.attributes(), out.attributes(), from, to);
  }

  private static int histogram(HistogramRows in, int row, HistogramRows out) {
    int at = out.addRow();
    out.count()[at] = in.count()[row];
    out.sum()[at] = in.sum()[row];
    out.min()[at] = in.min()[row];
    out.max()[at] = in.max()[row];
    out.has()[at] = in.has()[row];
    out.bucketEnds()[at] = longs(in.buckets(), in.bucketEnds(), row, out.buckets());
    out.boundEnds()[at] = longs(in.bounds(), in.boundEnds(), row, out.bounds());
    return at;
  }

  private static int exponential(ExponentialRows in, int row, ExponentialRows out) {
    int at = out.addRow();
    out.count()[at] = in.count()[row];
    out.sum()[at] = in.sum()[row];
    out.min()[at] = in.min()[row];
    out.max()[at] = in.max()[row];
    out.has()[at] = in.has()[row];
    out.scale()[at] = in.scale()[row];
    out.zeroCount()[at] = in.zeroCount()[row];
    out.zeroThreshold()[at] = in.zeroThreshold()[row];
    out.positiveOffset()[at] = in.positiveOffset()[row];
    out.negativeOffset()[at] = in.negativeOffset()[row];
    out.positiveEnds()[at] = longs(in.positive(), in.positiveEnds(), row, out.positive());
    out.negativeEnds()[at] = longs(in.negative(), in.negativeEnds(), row, out.negative());
    return at;
  }

  private static int summary(SummaryRows in, int row, SummaryRows out) {
    int at = out.addRow();
    out.count()[at] = in.count()[row];
    out.sum()[at] = in.sum()[row];
    longs(in.quantileValues(), in.quantileEnds(), row, out.quantileValues());
    out.quantileEnds()[at] = longs(in.quantiles(), in.quantileEnds(), row, out.quantiles());
    return at;
  }

  private static int longs(LongRows in, int[] ends, int row, LongRows out) {
    int from = childrenFrom(ends, row);
    int count = ends[row] - from;
    int at = out.addRows(count);
    System.arraycopy(in.values(), from, out.values(), at, count);
    return at + count;
  }
}
