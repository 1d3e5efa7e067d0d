package dev.pharos.components.self;

import dev.pharos.model.HistogramRows;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.observe.Distribution;
import dev.pharos.observe.Registry;
import java.util.List;

/// The registry's instruments as metrics: cumulative since the process began. One thread at a time.
final class SelfMetrics {
  /// OTLP's AggregationTemporality.
  private static final byte CUMULATIVE = 2;

  private final Identity identity;
  private final long beganNanos;

  /// @param beganNanos when counting began, since 1970
  SelfMetrics(Identity identity, long beganNanos) {
    this.identity = identity;
    this.beganNanos = beganNanos;
  }

  MetricBatch batch(Registry registry, long nowNanos) {
    var builder = new Builder(nowNanos);
    registry.visit(builder);
    builder.endMetric();
    return builder.batch;
  }

  private final class Builder implements Registry.Visitor {
    private final MetricBatch batch = new MetricBatch(128);
    private final Symbols symbols = batch.symbols();
    private final long nowNanos;
    private String name = "";

    Builder(long nowNanos) {
      this.nowNanos = nowNanos;
      identity.describe(symbols, batch.resources(), batch.scopes());
    }

    /// Begins a metric, or goes on with the points of the one that was begun.
    private void metric(String name, String help, byte kind) {
      if (name.equals(this.name)) {
        return;
      }
      endMetric();
      this.name = name;
      int row = batch.addRow();
      batch.name()[row] = symbols.intern(name);
      batch.description()[row] = symbols.intern(help);
      batch.kind()[row] = kind;
      batch.temporality()[row] = kind == MetricBatch.GAUGE ? 0 : CUMULATIVE;
      batch.monotonic()[row] = (byte) (kind == MetricBatch.SUM ? 1 : 0);
    }

    void endMetric() {
      if (batch.rows() > 0 && batch.metadata().parents() < batch.rows()) {
        batch.pointEnds()[batch.rows() - 1] = batch.points().rows();
        batch.metadata().endParent();
      }
    }

    private int point(List<String> labels, boolean cumulative) {
      int point = batch.points().addRow();
      batch.points().startNanos()[point] = cumulative ? beganNanos : 0;
      batch.points().timeNanos()[point] = nowNanos;
      batch.points().detail()[point] = -1;
      for (int i = 0; i < labels.size(); i += 2) {
        Identity.text(symbols, batch.points().attributes(), labels.get(i), labels.get(i + 1));
      }
      batch.points().attributes().endParent();
      return point;
    }

    private void number(List<String> labels, boolean cumulative, double value) {
      int point = point(labels, cumulative);
      batch.points().valueType()[point] = ValueType.DOUBLE;
      batch.points().value()[point] = Double.doubleToRawLongBits(value);
    }

    @Override
    public void counter(String name, String help, List<String> labels, double value) {
      metric(name, help, MetricBatch.SUM);
      number(labels, true, value);
    }

    @Override
    public void gauge(String name, String help, List<String> labels, double value) {
      metric(name, help, MetricBatch.GAUGE);
      number(labels, false, value);
    }

    @Override
    public void histogram(String name, String help, List<String> labels, Distribution spread) {
      metric(name, help, MetricBatch.HISTOGRAM);
      HistogramRows rows = batch.histograms();
      int row = rows.addRow();
      long count = 0;
      for (int i = 0; i < spread.buckets(); i++) {
        long inBucket = spread.bucket(i);
        count += inBucket;
        rows.buckets().add(inBucket);
        if (i < spread.buckets() - 1) {
          rows.bounds().addDouble(spread.bound(i));
        }
      }
      rows.count()[row] = count;
      rows.sum()[row] = spread.sum();
      rows.has()[row] = HistogramRows.HAS_SUM;
      rows.bucketEnds()[row] = rows.buckets().size();
      rows.boundEnds()[row] = rows.bounds().size();
      int point = point(labels, true);
      batch.points().detail()[point] = row;
    }
  }
}
