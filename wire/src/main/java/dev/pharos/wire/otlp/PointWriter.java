package dev.pharos.wire.otlp;

import dev.pharos.model.ExemplarRows;
import dev.pharos.model.ExponentialRows;
import dev.pharos.model.HistogramRows;
import dev.pharos.model.LongRows;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.PointRows;
import dev.pharos.model.SummaryRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.model.proto.ProtoWriter;

/// Writes the fields of the five kinds of data points, from the last to the first.
final class PointWriter {
  private final MetricWriter metrics;
  private final ProtoWriter out;

  PointWriter(MetricWriter metrics) {
    this.metrics = metrics;
    this.out = metrics.out;
  }

  void write(MetricBatch batch, byte kind, int row) {
    switch (kind) {
      case MetricBatch.HISTOGRAM -> histogram(batch, row);
      case MetricBatch.EXPONENTIAL_HISTOGRAM -> exponential(batch, row);
      case MetricBatch.SUMMARY -> summary(batch, row);
      default -> number(batch, row);
    }
  }

  private void number(MetricBatch batch, int row) {
    PointRows points = batch.points();
    metrics.number(8 << 3, points.flags()[row]);
    metrics.attributes(batch.symbols(), 7 << 3 | 2, points.attributes(), row);
    if (points.valueType()[row] == ValueType.INT) {
      out.fixed64(6 << 3 | 1, points.value()[row]);
    }
    exemplars(batch, row, 5 << 3 | 2);
    if (points.valueType()[row] == ValueType.DOUBLE) {
      out.fixed64(4 << 3 | 1, points.value()[row]);
    }
    times(points, row);
  }

  private void times(PointRows points, int row) {
    metrics.fixed64(3 << 3 | 1, points.timeNanos()[row]);
    metrics.fixed64(2 << 3 | 1, points.startNanos()[row]);
  }

  private void histogram(MetricBatch batch, int row) {
    PointRows points = batch.points();
    HistogramRows histograms = batch.histograms();
    int detail = points.detail()[row];
    byte has = histograms.has()[detail];
    optional(12 << 3 | 1, has, HistogramRows.HAS_MAX, histograms.max()[detail]);
    optional(11 << 3 | 1, has, HistogramRows.HAS_MIN, histograms.min()[detail]);
    metrics.number(10 << 3, points.flags()[row]);
    metrics.attributes(batch.symbols(), 9 << 3 | 2, points.attributes(), row);
    exemplars(batch, row, 8 << 3 | 2);
    packed(7 << 3 | 2, histograms.bounds(), histograms.boundEnds(), detail);
    packed(6 << 3 | 2, histograms.buckets(), histograms.bucketEnds(), detail);
    optional(5 << 3 | 1, has, HistogramRows.HAS_SUM, histograms.sum()[detail]);
    metrics.fixed64(4 << 3 | 1, histograms.count()[detail]);
    times(points, row);
  }

  private void exponential(MetricBatch batch, int row) {
    PointRows points = batch.points();
    ExponentialRows histograms = batch.exponentials();
    int detail = points.detail()[row];
    byte has = histograms.has()[detail];
    metrics.fixed64(14 << 3 | 1, Double.doubleToRawLongBits(histograms.zeroThreshold()[detail]));
    optional(13 << 3 | 1, has, HistogramRows.HAS_MAX, histograms.max()[detail]);
    optional(12 << 3 | 1, has, HistogramRows.HAS_MIN, histograms.min()[detail]);
    exemplars(batch, row, 11 << 3 | 2);
    metrics.number(10 << 3, points.flags()[row]);
    buckets(
        9 << 3 | 2,
        histograms.negativeOffset(),
        histograms.negative(),
        histograms.negativeEnds(),
        detail);
    buckets(
        8 << 3 | 2,
        histograms.positiveOffset(),
        histograms.positive(),
        histograms.positiveEnds(),
        detail);
    metrics.fixed64(7 << 3 | 1, histograms.zeroCount()[detail]);
    if (histograms.scale()[detail] != 0) {
      out.zigzag(6 << 3, histograms.scale()[detail]);
    }
    optional(5 << 3 | 1, has, HistogramRows.HAS_SUM, histograms.sum()[detail]);
    metrics.fixed64(4 << 3 | 1, histograms.count()[detail]);
    times(points, row);
    metrics.attributes(batch.symbols(), 1 << 3 | 2, points.attributes(), row);
  }

  private void summary(MetricBatch batch, int row) {
    PointRows points = batch.points();
    SummaryRows summaries = batch.summaries();
    int detail = points.detail()[row];
    metrics.number(8 << 3, points.flags()[row]);
    metrics.attributes(batch.symbols(), 7 << 3 | 2, points.attributes(), row);
    int from = detail == 0 ? 0 : summaries.quantileEnds()[detail - 1];
    for (int i = summaries.quantileEnds()[detail] - 1; i >= from; i--) {
      int end = out.size();
      metrics.fixed64(2 << 3 | 1, summaries.quantileValues().get(i));
      metrics.fixed64(1 << 3 | 1, summaries.quantiles().get(i));
      out.message(6 << 3 | 2, end);
    }
    metrics.fixed64(5 << 3 | 1, Double.doubleToRawLongBits(summaries.sum()[detail]));
    metrics.fixed64(4 << 3 | 1, summaries.count()[detail]);
    times(points, row);
  }

  private void optional(int tag, byte has, byte bit, double value) {
    if ((has & bit) != 0) {
      out.fixed64(tag, Double.doubleToRawLongBits(value));
    }
  }

  private void packed(int tag, LongRows values, int[] ends, int row) {
    int from = row == 0 ? 0 : ends[row - 1];
    if (ends[row] == from) {
      return;
    }
    int end = out.size();
    for (int i = ends[row] - 1; i >= from; i--) {
      out.bareFixed64(values.get(i));
    }
    out.message(tag, end);
  }

  private void buckets(int tag, int[] offset, LongRows counts, int[] ends, int row) {
    int from = row == 0 ? 0 : ends[row - 1];
    if (ends[row] == from && offset[row] == 0) {
      return;
    }
    int end = out.size();
    if (ends[row] > from) {
      for (int i = ends[row] - 1; i >= from; i--) {
        out.bareVarint(counts.get(i));
      }
      out.message(2 << 3 | 2, end);
    }
    if (offset[row] != 0) {
      out.zigzag(1 << 3, offset[row]);
    }
    out.message(tag, end);
  }

  private void exemplars(MetricBatch batch, int point, int tag) {
    ExemplarRows exemplars = batch.points().exemplars();
    int[] ends = batch.points().exemplarEnds();
    int from = point == 0 ? 0 : ends[point - 1];
    for (int i = ends[point] - 1; i >= from; i--) {
      int end = out.size();
      exemplar(batch.symbols(), exemplars, i);
      out.message(tag, end);
    }
  }

  private void exemplar(Symbols symbols, ExemplarRows exemplars, int row) {
    metrics.attributes(symbols, 7 << 3 | 2, exemplars.attributes(), row);
    if (exemplars.valueType()[row] == ValueType.INT) {
      out.fixed64(6 << 3 | 1, exemplars.value()[row]);
    }
    metrics.traceId(5 << 3 | 2, exemplars.traceHi()[row], exemplars.traceLo()[row]);
    metrics.spanId(4 << 3 | 2, exemplars.spanId()[row]);
    if (exemplars.valueType()[row] == ValueType.DOUBLE) {
      out.fixed64(3 << 3 | 1, exemplars.value()[row]);
    }
    metrics.fixed64(2 << 3 | 1, exemplars.timeNanos()[row]);
  }
}
