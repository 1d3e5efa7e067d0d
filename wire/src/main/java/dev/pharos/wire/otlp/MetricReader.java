package dev.pharos.wire.otlp;

import dev.pharos.model.MetricBatch;
import dev.pharos.model.Symbols;

/// Reads ExportMetricsServiceRequest (or MetricsData) into a metric batch.
final class MetricReader extends GroupReader<MetricBatch> {
  private final PointReader points;

  MetricReader(byte[] bytes, int from, int to, boolean hexIds) {
    super(
        new MetricBatch(
            guess(from, to, 1000), new Symbols(guess(from, to, 8), guess(from, to, 200))),
        bytes,
        from,
        to);
    points = new PointReader(this, new IdReader(hexIds));
  }

  @Override
  void item() {
    MetricBatch metrics = batch;
    int row = metrics.addRow();
    int firstPoint = metrics.points().rows();
    // Points come in between, so this row's end must lie behind them only when it is whole.
    metrics.pointEnds()[row] = firstPoint;
    boolean keysFine = true;
    while (!in.atEnd()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | 2 -> metrics.name()[row] = text(in);
        case 2 << 3 | 2 -> metrics.description()[row] = text(in);
        case 3 << 3 | 2 -> metrics.unit()[row] = text(in);
        case 5 << 3 | 2 -> data(row, firstPoint, MetricBatch.GAUGE);
        case 7 << 3 | 2 -> data(row, firstPoint, MetricBatch.SUM);
        case 9 << 3 | 2 -> data(row, firstPoint, MetricBatch.HISTOGRAM);
        case 10 << 3 | 2 -> data(row, firstPoint, MetricBatch.EXPONENTIAL_HISTOGRAM);
        case 11 << 3 | 2 -> data(row, firstPoint, MetricBatch.SUMMARY);
        case 12 << 3 | 2 -> {
          attributes.startParent();
          keysFine &= attributes.readRun(in, tag, metrics.metadata());
        }
        default -> in.skip(tag);
      }
    }
    metrics.metadata().endParent();
    metrics.pointEnds()[row] = metrics.points().rows();
    if (!keysFine) {
      findings.invalidKeys(takeBack(row));
    }
  }

  /// Reads Gauge, Sum, Histogram, ExponentialHistogram or Summary, whose fields have the same numbers. They are one
  /// oneof, so another kind replaces what came before and the same kind adds to it.
  private void data(int row, int firstPoint, byte kind) {
    if (batch.kind()[row] != kind) {
      batch.truncatePoints(firstPoint);
      batch.kind()[row] = kind;
      batch.temporality()[row] = 0;
      batch.monotonic()[row] = 0;
    }
    boolean hasTemporality = kind != MetricBatch.GAUGE && kind != MetricBatch.SUMMARY;
    int outer = in.enter();
    while (!in.atEnd()) {
      int tag = in.tag();
      if (tag == (1 << 3 | 2)) {
        points.read(kind);
      } else if (tag == 2 << 3 && hasTemporality) {
        batch.temporality()[row] = enumNumber(in.varint());
      } else if (tag == 3 << 3 && kind == MetricBatch.SUM) {
        batch.monotonic()[row] = (byte) (in.varint() == 0 ? 0 : 1);
      } else {
        in.skip(tag);
      }
    }
    in.leave(outer);
  }
}
