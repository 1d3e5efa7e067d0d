package dev.pharos.wire.otlp;

import dev.pharos.model.ExemplarRows;
import dev.pharos.model.ExponentialRows;
import dev.pharos.model.HistogramRows;
import dev.pharos.model.LongRows;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.PointRows;
import dev.pharos.model.SummaryRows;
import dev.pharos.model.ValueType;
import dev.pharos.model.proto.ProtoReader;

/// Reads the five kinds of data points, with their exemplars, into the batch of a [MetricReader].
final class PointReader {
  private final MetricReader metrics;
  private final MetricBatch batch;
  private final PointRows points;
  private final ProtoReader in;
  private final AttributeReader attributes;
  private final Findings findings;
  private final IdReader ids;

  PointReader(MetricReader metrics, IdReader ids) {
    this.metrics = metrics;
    this.batch = metrics.batch;
    this.points = batch.points();
    this.in = metrics.in;
    this.attributes = metrics.attributes;
    this.findings = metrics.findings;
    this.ids = ids;
  }

  /// Reads the length-delimited point at the reader's position, of a metric of this kind, and adds it unless it is
  /// refused.
  void read(byte kind) {
    int row = points.addRow();
    metrics.rowAdded();
    points.detail()[row] = -1;
    attributes.startParent();
    int outer = in.enter();
    boolean fine =
        switch (kind) {
          case MetricBatch.HISTOGRAM -> histogram(row);
          case MetricBatch.EXPONENTIAL_HISTOGRAM -> exponential(row);
          case MetricBatch.SUMMARY -> summary(row);
          default -> number(row);
        };
    in.leave(outer);
    if (fine) {
      points.attributes().endParent();
      points.exemplarEnds()[row] = points.exemplars().rows();
    } else {
      findings.invalidKeys(1);
      batch.truncatePoints(row);
    }
  }

  private boolean number(int row) {
    boolean fine = true;
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 2 << 3 | 1 -> points.startNanos()[row] = in.fixed64();
        case 3 << 3 | 1 -> points.timeNanos()[row] = in.fixed64();
        case 4 << 3 | 1 -> {
          points.valueType()[row] = ValueType.DOUBLE;
          points.value()[row] = in.fixed64();
        }
        case 5 << 3 | 2 -> fine &= exemplar();
        case 6 << 3 | 1 -> {
          points.valueType()[row] = ValueType.INT;
          points.value()[row] = in.fixed64();
        }
        case 7 << 3 | 2 -> fine &= attributes.readRun(in, tag, points.attributes());
        case 8 << 3 -> points.flags()[row] = (int) in.varint();
        default -> in.skip(tag);
      }
    }
    return fine;
  }

  // One case a field: a table.
  private boolean histogram(int row) {
    HistogramRows histograms = batch.histograms();
    int detail = histograms.addRow();
    points.detail()[row] = detail;
    boolean fine = true;
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 2 << 3 | 1 -> points.startNanos()[row] = in.fixed64();
        case 3 << 3 | 1 -> points.timeNanos()[row] = in.fixed64();
        case 4 << 3 | 1 -> histograms.count()[detail] = in.fixed64();
        case 5 << 3 | 1 -> set(histograms.sum(), histograms.has(), detail, HistogramRows.HAS_SUM);
        case 6 << 3 | 1, 6 << 3 | 2 -> fixed64s(tag, histograms.buckets());
        case 7 << 3 | 1, 7 << 3 | 2 -> fixed64s(tag, histograms.bounds());
        case 8 << 3 | 2 -> fine &= exemplar();
        case 9 << 3 | 2 -> fine &= attributes.readRun(in, tag, points.attributes());
        case 10 << 3 -> points.flags()[row] = (int) in.varint();
        case 11 << 3 | 1 -> set(histograms.min(), histograms.has(), detail, HistogramRows.HAS_MIN);
        case 12 << 3 | 1 -> set(histograms.max(), histograms.has(), detail, HistogramRows.HAS_MAX);
        default -> in.skip(tag);
      }
    }
    histograms.bucketEnds()[detail] = histograms.buckets().size();
    histograms.boundEnds()[detail] = histograms.bounds().size();
    return fine;
  }

  private void set(double[] column, byte[] has, int row, byte bit) {
    column[row] = Double.longBitsToDouble(in.fixed64());
    has[row] |= bit;
  }

  // One case a field: a table.
  private boolean exponential(int row) {
    ExponentialRows histograms = batch.exponentials();
    int detail = histograms.addRow();
    points.detail()[row] = detail;
    boolean fine = true;
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | 2 -> fine &= attributes.readRun(in, tag, points.attributes());
        case 2 << 3 | 1 -> points.startNanos()[row] = in.fixed64();
        case 3 << 3 | 1 -> points.timeNanos()[row] = in.fixed64();
        case 4 << 3 | 1 -> histograms.count()[detail] = in.fixed64();
        case 5 << 3 | 1 -> set(histograms.sum(), histograms.has(), detail, HistogramRows.HAS_SUM);
        case 6 << 3 -> histograms.scale()[detail] = (int) in.zigzag();
        case 7 << 3 | 1 -> histograms.zeroCount()[detail] = in.fixed64();
        case 8 << 3 | 2 -> buckets(histograms.positiveOffset(), detail, histograms.positive());
        case 9 << 3 | 2 -> buckets(histograms.negativeOffset(), detail, histograms.negative());
        case 10 << 3 -> points.flags()[row] = (int) in.varint();
        case 11 << 3 | 2 -> fine &= exemplar();
        case 12 << 3 | 1 -> set(histograms.min(), histograms.has(), detail, HistogramRows.HAS_MIN);
        case 13 << 3 | 1 -> set(histograms.max(), histograms.has(), detail, HistogramRows.HAS_MAX);
        case 14 << 3 | 1 ->
            histograms.zeroThreshold()[detail] = Double.longBitsToDouble(in.fixed64());
        default -> in.skip(tag);
      }
    }
    histograms.positiveEnds()[detail] = histograms.positive().size();
    histograms.negativeEnds()[detail] = histograms.negative().size();
    return fine;
  }

  private void buckets(int[] offset, int detail, LongRows counts) {
    int outer = in.enter();
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 -> offset[detail] = (int) in.zigzag();
        case 2 << 3 -> counts.add(in.varint());
        case 2 << 3 | 2 -> {
          int around = in.enter();
          while (!in.atEnd()) {
            counts.add(in.varint());
          }
          in.leave(around);
        }
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
  }

  private boolean summary(int row) {
    SummaryRows summaries = batch.summaries();
    int detail = summaries.addRow();
    points.detail()[row] = detail;
    boolean fine = true;
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 2 << 3 | 1 -> points.startNanos()[row] = in.fixed64();
        case 3 << 3 | 1 -> points.timeNanos()[row] = in.fixed64();
        case 4 << 3 | 1 -> summaries.count()[detail] = in.fixed64();
        case 5 << 3 | 1 -> summaries.sum()[detail] = Double.longBitsToDouble(in.fixed64());
        case 6 << 3 | 2 -> quantile(summaries);
        case 7 << 3 | 2 -> fine &= attributes.readRun(in, tag, points.attributes());
        case 8 << 3 -> points.flags()[row] = (int) in.varint();
        default -> in.skip(tag);
      }
    }
    summaries.quantileEnds()[detail] = summaries.quantiles().size();
    return fine;
  }

  private void quantile(SummaryRows summaries) {
    long quantile = 0;
    long value = 0;
    int outer = in.enter();
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | 1 -> quantile = in.fixed64();
        case 2 << 3 | 1 -> value = in.fixed64();
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    summaries.quantiles().add(quantile);
    summaries.quantileValues().add(value);
  }

  /// Appends the numbers of a repeated fixed64 or double field, packed or single.
  private void fixed64s(int tag, LongRows values) {
    if ((tag & 7) == 1) {
      values.add(in.fixed64());
      return;
    }
    int outer = in.enter();
    while (!in.atEnd()) {
      values.add(in.fixed64());
    }
    in.leave(outer);
  }

  /// Adds the exemplar at the reader's position; false if a key is not UTF-8.
  private boolean exemplar() {
    ExemplarRows exemplars = points.exemplars();
    int row = exemplars.addRow();
    metrics.rowAdded();
    boolean fine = true;
    int outer = in.enter();
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 2 << 3 | 1 -> exemplars.timeNanos()[row] = in.fixed64();
        case 3 << 3 | 1 -> {
          exemplars.valueType()[row] = ValueType.DOUBLE;
          exemplars.value()[row] = in.fixed64();
        }
        case 4 << 3 | 2 -> {
          id(8);
          exemplars.spanId()[row] = ids.lo();
        }
        case 5 << 3 | 2 -> {
          id(16);
          exemplars.traceHi()[row] = ids.hi();
          exemplars.traceLo()[row] = ids.lo();
        }
        case 6 << 3 | 1 -> {
          exemplars.valueType()[row] = ValueType.INT;
          exemplars.value()[row] = in.fixed64();
        }
        case 7 << 3 | 2 -> fine &= attributes.readRun(in, tag, exemplars.attributes());
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    exemplars.attributes().endParent();
    return fine;
  }

  private void id(int size) {
    if (!ids.read(in, size) && !ids.isEmpty()) {
      findings.droppedId();
    }
  }
}
