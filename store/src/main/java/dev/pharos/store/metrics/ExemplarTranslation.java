package dev.pharos.store.metrics;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ExemplarRows;
import dev.pharos.model.Ids;
import dev.pharos.model.Labels;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.PointRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.model.text.ValueText;
import dev.pharos.store.read.Exemplar;

/// OTLP exemplars as Prometheus exemplars: labels `trace_id` and `span_id` in hex, then the filtered attributes if all
/// together have at most 128 characters. Stateless.
final class ExemplarTranslation {
  private static final int MAX_CHARACTERS = 128;

  private ExemplarTranslation() {}

  /// @param pointMillis stands for the time of an exemplar that has none
  static Exemplar of(Symbols symbols, ExemplarRows rows, int row, long pointMillis) {
    var labels = new Labels.Builder();
    int characters = 0;
    if ((rows.traceHi()[row] | rows.traceLo()[row]) != 0) {
      labels.set("trace_id", Ids.traceHex(rows.traceHi()[row], rows.traceLo()[row]));
      characters += "trace_id".length() + 32;
    }
    if (rows.spanId()[row] != 0) {
      labels.set("span_id", Ids.spanHex(rows.spanId()[row]));
      characters += "span_id".length() + 16;
    }
    int[] total = {characters};
    ValueText.forEach(
        symbols,
        rows.attributes(),
        row,
        (key, value) ->
            total[0] +=
                key.codePointCount(0, key.length()) + value.codePointCount(0, value.length()));
    if (total[0] <= MAX_CHARACTERS) {
      ValueText.forEach(symbols, rows.attributes(), row, labels::set);
    }
    long nanos = rows.timeNanos()[row];
    return new Exemplar(
        labels.build(),
        number(rows.valueType()[row], rows.value()[row]),
        nanos == 0 ? pointMillis : Math.floorDiv(nanos, 1_000_000L));
  }

  /// The exemplar of a point that carries `trace_id` or `span_id` among its attributes.
  static Exemplar ofAttributes(MetricBatch batch, int metric, int point, PointKeys keys) {
    Symbols symbols = batch.symbols();
    PointRows points = batch.points();
    AttributeRows rows = points.attributes();
    var labels = new Labels.Builder();
    for (int i = rows.from(point); i < rows.to(point); i++) {
      if (keys.isTraceKey(rows.key(i))) {
        labels.set(symbols.text(rows.key(i)), ValueText.of(symbols, rows.type(i), rows.value(i)));
      }
    }
    return new Exemplar(
        labels.build(),
        value(batch, metric, point),
        Math.floorDiv(points.timeNanos()[point], 1_000_000L));
  }

  /// The number of a point, the mean of a distribution.
  private static double value(MetricBatch batch, int metric, int point) {
    int row = batch.points().detail()[point];
    return switch (batch.kind()[metric]) {
      case MetricBatch.HISTOGRAM ->
          mean(batch.histograms().sum()[row], batch.histograms().count()[row]);
      case MetricBatch.EXPONENTIAL_HISTOGRAM ->
          mean(batch.exponentials().sum()[row], batch.exponentials().count()[row]);
      case MetricBatch.SUMMARY ->
          mean(batch.summaries().sum()[row], batch.summaries().count()[row]);
      default -> number(batch.points().valueType()[point], batch.points().value()[point]);
    };
  }

  private static double mean(double sum, long count) {
    return count == 0 ? sum : sum / ExponentialBuckets.unsigned(count);
  }

  static double number(byte type, long value) {
    return switch (type) {
      case ValueType.INT -> value;
      case ValueType.DOUBLE -> Double.longBitsToDouble(value);
      default -> 0;
    };
  }
}
