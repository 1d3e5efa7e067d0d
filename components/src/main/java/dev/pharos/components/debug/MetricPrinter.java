package dev.pharos.components.debug;

import dev.pharos.model.ExemplarRows;
import dev.pharos.model.ExponentialRows;
import dev.pharos.model.HistogramRows;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.PointRows;
import dev.pharos.model.SummaryRows;
import dev.pharos.model.ValueType;
import dev.pharos.model.text.NumberText;
import java.util.List;
import java.util.Locale;

/// Prints metrics and their data points.
final class MetricPrinter extends BatchPrinter {
  private static final List<String> TYPES =
      List.of("Empty", "Gauge", "Sum", "Histogram", "ExponentialHistogram", "Summary");
  private static final List<String> TEMPORALITIES = List.of("Unspecified", "Delta", "Cumulative");

  private final MetricBatch metrics;
  private final PointRows points;

  MetricPrinter(MetricBatch metrics, StringBuilder out) {
    super(metrics, "Metrics", "Metrics", out);
    this.metrics = metrics;
    this.points = metrics.points();
  }

  @Override
  Grouping grouping() {
    return Grouping.of(metrics.rows(), metrics.resource(), metrics.scope());
  }

  @Override
  String counts(int resources) {
    return "\"resource metrics\": "
        + resources
        + ", \"metrics\": "
        + metrics.rows()
        + ", \"data points\": "
        + points.rows();
  }

  private int firstPoint(int row) {
    return row == 0 ? 0 : metrics.pointEnds()[row - 1];
  }

  @Override
  void brief(int row) {
    for (int point = firstPoint(row); point < metrics.pointEnds()[row]; point++) {
      out.append(text(metrics.name()[row])).append('{');
      int start = out.length();
      pairs(",", points.attributes(), point);
      if (out.length() > start) {
        out.deleteCharAt(start);
      }
      out.append('}');
      briefValue(metrics.kind()[row], point);
      out.append('\n');
    }
  }

  private void briefValue(byte kind, int point) {
    int detail = points.detail()[point];
    switch (kind) {
      case MetricBatch.GAUGE, MetricBatch.SUM ->
          out.append(' ').append(number(points.valueType()[point], points.value()[point]));
      case MetricBatch.HISTOGRAM -> {
        HistogramRows rows = metrics.histograms();
        stats(
            rows.count()[detail],
            rows.has()[detail],
            rows.sum()[detail],
            rows.min()[detail],
            rows.max()[detail]);
        int bucket = detail == 0 ? 0 : rows.bucketEnds()[detail - 1];
        int bound = detail == 0 ? 0 : rows.boundEnds()[detail - 1];
        for (; bucket < rows.bucketEnds()[detail]; bucket++) {
          if (bound < rows.boundEnds()[detail]) {
            out.append(" le").append(NumberText.json(rows.bounds().getDouble(bound++))).append('=');
          } else {
            out.append(' ');
          }
          out.append(rows.buckets().get(bucket));
        }
      }
      case MetricBatch.EXPONENTIAL_HISTOGRAM -> {
        ExponentialRows rows = metrics.exponentials();
        stats(
            rows.count()[detail],
            rows.has()[detail],
            rows.sum()[detail],
            rows.min()[detail],
            rows.max()[detail]);
      }
      case MetricBatch.SUMMARY -> {
        SummaryRows rows = metrics.summaries();
        out.append(" count=")
            .append(rows.count()[detail])
            .append(" sum=")
            .append(fixed(rows.sum()[detail]));
        for (int q = detail == 0 ? 0 : rows.quantileEnds()[detail - 1];
            q < rows.quantileEnds()[detail];
            q++) {
          out.append(" q").append(NumberText.json(rows.quantiles().getDouble(q)));
          out.append('=').append(NumberText.json(rows.quantileValues().getDouble(q)));
        }
      }
      default -> {
        // A metric without data has no points.
      }
    }
  }

  private void stats(long count, byte has, double sum, double min, double max) {
    out.append(" count=").append(count);
    if ((has & HistogramRows.HAS_SUM) != 0) {
      out.append(" sum=").append(NumberText.json(sum));
    }
    if ((has & HistogramRows.HAS_MIN) != 0) {
      out.append(" min=").append(NumberText.json(min));
    }
    if ((has & HistogramRows.HAS_MAX) != 0) {
      out.append(" max=").append(NumberText.json(max));
    }
  }

  @Override
  void full(int row, int index) {
    byte kind = metrics.kind()[row];
    line("Metric #" + index);
    line("Descriptor:");
    line("     -> Name: " + text(metrics.name()[row]));
    line("     -> Description: " + text(metrics.description()[row]));
    line("     -> Unit: " + text(metrics.unit()[row]));
    line("     -> DataType: " + TYPES.get(kind));
    if (kind == MetricBatch.SUM) {
      line("     -> IsMonotonic: " + (metrics.monotonic()[row] != 0));
    }
    if (kind == MetricBatch.SUM
        || kind == MetricBatch.HISTOGRAM
        || kind == MetricBatch.EXPONENTIAL_HISTOGRAM) {
      int temporality = metrics.temporality()[row];
      line(
          "     -> AggregationTemporality: "
              + (temporality < 3 ? TEMPORALITIES.get(temporality) : ""));
    }
    String heading =
        kind == MetricBatch.GAUGE || kind == MetricBatch.SUM ? "Number" : TYPES.get(kind);
    for (int point = firstPoint(row); point < metrics.pointEnds()[row]; point++) {
      line(heading + "DataPoints #" + (point - firstPoint(row)));
      attributes("Data point attributes:", points.attributes(), point, "     ");
      line("StartTimestamp: " + time(points.startNanos()[point]));
      line("Timestamp: " + time(points.timeNanos()[point]));
      value(kind, point);
      exemplars(point);
    }
  }

  private void value(byte kind, int point) {
    int detail = points.detail()[point];
    switch (kind) {
      case MetricBatch.GAUGE, MetricBatch.SUM ->
          line("Value: " + number(points.valueType()[point], points.value()[point]));
      case MetricBatch.HISTOGRAM -> histogram(detail);
      case MetricBatch.EXPONENTIAL_HISTOGRAM -> exponential(detail);
      case MetricBatch.SUMMARY -> summary(detail);
      default -> {
        // A metric without data has no points.
      }
    }
  }

  private void histogram(int row) {
    HistogramRows rows = metrics.histograms();
    line("Count: " + Long.toUnsignedString(rows.count()[row]));
    optional(rows.has()[row], rows.sum()[row], rows.min()[row], rows.max()[row]);
    int firstBound = row == 0 ? 0 : rows.boundEnds()[row - 1];
    for (int i = firstBound; i < rows.boundEnds()[row]; i++) {
      line("ExplicitBounds #" + (i - firstBound) + ": " + fixed(rows.bounds().getDouble(i)));
    }
    int firstBucket = row == 0 ? 0 : rows.bucketEnds()[row - 1];
    for (int i = firstBucket; i < rows.bucketEnds()[row]; i++) {
      line(
          "Buckets #"
              + (i - firstBucket)
              + ", Count: "
              + Long.toUnsignedString(rows.buckets().get(i)));
    }
  }

  private void optional(byte has, double sum, double min, double max) {
    if ((has & HistogramRows.HAS_SUM) != 0) {
      line("Sum: " + fixed(sum));
    }
    if ((has & HistogramRows.HAS_MIN) != 0) {
      line("Min: " + fixed(min));
    }
    if ((has & HistogramRows.HAS_MAX) != 0) {
      line("Max: " + fixed(max));
    }
  }

  private void exponential(int row) {
    ExponentialRows rows = metrics.exponentials();
    line("Count: " + Long.toUnsignedString(rows.count()[row]));
    optional(rows.has()[row], rows.sum()[row], rows.min()[row], rows.max()[row]);
    double base = Math.exp(Math.log(2) * Math.scalb(1.0, -rows.scale()[row]));
    int firstNegative = row == 0 ? 0 : rows.negativeEnds()[row - 1];
    for (int i = rows.negativeEnds()[row] - 1; i >= firstNegative; i--) {
      int index = rows.negativeOffset()[row] + i - firstNegative;
      bucket(
          "[-" + fixed(Math.pow(base, index + 1.0)) + ", -" + fixed(Math.pow(base, index)) + ")",
          rows.negative().get(i));
    }
    if (rows.zeroCount()[row] != 0) {
      bucket("[0, 0]", rows.zeroCount()[row]);
    }
    int firstPositive = row == 0 ? 0 : rows.positiveEnds()[row - 1];
    for (int i = firstPositive; i < rows.positiveEnds()[row]; i++) {
      int index = rows.positiveOffset()[row] + i - firstPositive;
      bucket(
          "(" + fixed(Math.pow(base, index)) + ", " + fixed(Math.pow(base, index + 1.0)) + "]",
          rows.positive().get(i));
    }
  }

  private void bucket(String range, long count) {
    line("Bucket " + range + ", Count: " + Long.toUnsignedString(count));
  }

  private void summary(int row) {
    SummaryRows rows = metrics.summaries();
    line("Count: " + Long.toUnsignedString(rows.count()[row]));
    line("Sum: " + fixed(rows.sum()[row]));
    int first = row == 0 ? 0 : rows.quantileEnds()[row - 1];
    for (int i = first; i < rows.quantileEnds()[row]; i++) {
      line(
          "QuantileValue #"
              + (i - first)
              + ": Quantile "
              + fixed(rows.quantiles().getDouble(i))
              + ", Value "
              + fixed(rows.quantileValues().getDouble(i)));
    }
  }

  private void exemplars(int point) {
    ExemplarRows exemplars = points.exemplars();
    int from = point == 0 ? 0 : points.exemplarEnds()[point - 1];
    int to = points.exemplarEnds()[point];
    if (from < to) {
      line("Exemplars:");
    }
    for (int i = from; i < to; i++) {
      line("Exemplar #" + (i - from));
      line("     -> Trace ID: " + traceId(exemplars.traceHi()[i], exemplars.traceLo()[i]));
      line("     -> Span ID: " + spanId(exemplars.spanId()[i]));
      line("     -> Timestamp: " + time(exemplars.timeNanos()[i]));
      line("     -> Value: " + number(exemplars.valueType()[i], exemplars.value()[i]));
      attributes("     -> FilteredAttributes:", exemplars.attributes(), i, "          ");
    }
  }

  private static String number(byte type, long value) {
    return switch (type) {
      case ValueType.INT -> Long.toString(value);
      case ValueType.DOUBLE -> fixed(Double.longBitsToDouble(value));
      default -> "";
    };
  }

  /// Six digits after the point.
  private static String fixed(double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%.6f", value)
        : NumberText.json(value);
  }
}
