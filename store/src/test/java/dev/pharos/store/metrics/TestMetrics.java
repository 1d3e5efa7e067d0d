package dev.pharos.store.metrics;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ExemplarRows;
import dev.pharos.model.ExponentialRows;
import dev.pharos.model.HistogramRows;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.PointRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;

/// Builds a batch of metrics step by step, for tests. Attribute values are strings unless they are given as other
/// objects.
final class TestMetrics {
  final MetricBatch batch = new MetricBatch();
  private final Symbols symbols = batch.symbols();

  TestMetrics() {
    batch.scopes().add(0, 0, 0, 0);
  }

  /// Starts a Resource for the metrics that follow.
  TestMetrics resource(Object... keysAndValues) {
    add(batch.resources().attributes(), keysAndValues);
    batch.resources().add(0, 0, 0);
    return this;
  }

  private void add(AttributeRows rows, Object... keysAndValues) {
    for (int i = 0; i < keysAndValues.length; i += 2) {
      int key = symbols.intern((String) keysAndValues[i]);
      switch (keysAndValues[i + 1]) {
        case Integer number -> rows.add(key, ValueType.INT, number);
        case Double number -> rows.add(key, ValueType.DOUBLE, Double.doubleToRawLongBits(number));
        case Boolean flag -> rows.add(key, ValueType.BOOL, flag ? 1 : 0);
        case byte[] bytes -> rows.add(key, ValueType.BYTES, symbols.intern(bytes, 0, bytes.length));
        case Encoded(byte type, byte[] bytes) ->
            rows.add(key, type, symbols.intern(bytes, 0, bytes.length));
        case Object text -> rows.add(key, ValueType.STRING, symbols.intern(text.toString()));
      }
    }
  }

  /// An array or map as its message.
  record Encoded(byte type, byte[] message) {}

  TestMetrics metric(byte kind, String name, String unit) {
    if (batch.resources().size() == 0) {
      resource();
    }
    int row = batch.addRow();
    batch.name()[row] = symbols.intern(name);
    batch.unit()[row] = symbols.intern(unit);
    batch.description()[row] = symbols.intern("What " + name + " is");
    batch.kind()[row] = kind;
    batch.temporality()[row] =
        (byte) (kind == MetricBatch.GAUGE || kind == MetricBatch.SUMMARY ? 0 : 2);
    batch.resource()[row] = batch.resources().size() - 1;
    batch.metadata().endParent();
    batch.pointEnds()[row] = batch.points().rows();
    return this;
  }

  TestMetrics gauge(String name, String unit) {
    return metric(MetricBatch.GAUGE, name, unit);
  }

  TestMetrics counter(String name, String unit) {
    metric(MetricBatch.SUM, name, unit);
    batch.monotonic()[batch.rows() - 1] = 1;
    return this;
  }

  TestMetrics temporality(int temporality) {
    batch.temporality()[batch.rows() - 1] = (byte) temporality;
    return this;
  }

  private TestMetrics point(long millis, int detail, Object... attributes) {
    PointRows points = batch.points();
    int row = points.addRow();
    points.timeNanos()[row] = millis * 1_000_000L;
    points.detail()[row] = detail;
    add(points.attributes(), attributes);
    points.attributes().endParent();
    points.exemplarEnds()[row] = points.exemplars().rows();
    batch.pointEnds()[batch.rows() - 1] = points.rows();
    return this;
  }

  TestMetrics at(long millis, double value, Object... attributes) {
    point(millis, -1, attributes);
    batch.points().valueType()[batch.points().rows() - 1] = ValueType.DOUBLE;
    batch.points().value()[batch.points().rows() - 1] = Double.doubleToRawLongBits(value);
    return this;
  }

  TestMetrics atInt(long millis, long value, Object... attributes) {
    point(millis, -1, attributes);
    batch.points().valueType()[batch.points().rows() - 1] = ValueType.INT;
    batch.points().value()[batch.points().rows() - 1] = value;
    return this;
  }

  /// Marks the last point as one without a recorded value.
  TestMetrics stale() {
    batch.points().flags()[batch.points().rows() - 1] = 1;
    return this;
  }

  TestMetrics histogram(
      long millis, double sum, double[] bounds, long[] counts, Object... attributes) {
    HistogramRows rows = batch.histograms();
    int row = rows.addRow();
    long total = 0;
    for (long count : counts) {
      rows.buckets().add(count);
      total += count;
    }
    for (double bound : bounds) {
      rows.bounds().addDouble(bound);
    }
    rows.count()[row] = total;
    rows.sum()[row] = sum;
    rows.has()[row] = HistogramRows.HAS_SUM;
    rows.bucketEnds()[row] = rows.buckets().size();
    rows.boundEnds()[row] = rows.bounds().size();
    return point(millis, row, attributes);
  }

  TestMetrics summary(
      long millis,
      long count,
      double sum,
      double[] quantiles,
      double[] values,
      Object... attributes) {
    var rows = batch.summaries();
    int row = rows.addRow();
    rows.count()[row] = count;
    rows.sum()[row] = sum;
    for (int i = 0; i < quantiles.length; i++) {
      rows.quantiles().addDouble(quantiles[i]);
      rows.quantileValues().addDouble(values[i]);
    }
    rows.quantileEnds()[row] = rows.quantiles().size();
    return point(millis, row, attributes);
  }

  TestMetrics exponential(long millis, int scale, int offset, long[] counts, Object... attributes) {
    ExponentialRows rows = batch.exponentials();
    int row = rows.addRow();
    long total = 3;
    for (long count : counts) {
      rows.positive().add(count);
      total += count;
    }
    rows.scale()[row] = scale;
    rows.positiveOffset()[row] = offset;
    rows.positiveEnds()[row] = rows.positive().size();
    rows.negativeEnds()[row] = rows.negative().size();
    rows.zeroCount()[row] = 3;
    rows.count()[row] = total;
    rows.sum()[row] = 12.5;
    rows.has()[row] = HistogramRows.HAS_SUM;
    return point(millis, row, attributes);
  }

  /// Hangs an exemplar on the last point.
  TestMetrics exemplar(long millis, double value, long trace, long span, Object... attributes) {
    ExemplarRows rows = batch.points().exemplars();
    int row = rows.addRow();
    rows.timeNanos()[row] = millis * 1_000_000L;
    rows.valueType()[row] = ValueType.DOUBLE;
    rows.value()[row] = Double.doubleToRawLongBits(value);
    rows.traceLo()[row] = trace;
    rows.spanId()[row] = span;
    add(rows.attributes(), attributes);
    rows.attributes().endParent();
    batch.points().exemplarEnds()[batch.points().rows() - 1] = rows.rows();
    return this;
  }
}
