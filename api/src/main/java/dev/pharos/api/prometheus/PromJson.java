package dev.pharos.api.prometheus;

import dev.pharos.model.Labels;
import dev.pharos.model.text.NumberText;
import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.promql.PromResult;
import tools.jackson.core.JsonGenerator;

/// Query results in Prometheus' JSON: a sample is `[seconds, "value"]`, with a fraction only where there is one.
final class PromJson {
  private PromJson() {}

  /// `data` of a query: its type and result.
  static void result(JsonGenerator json, PromResult result) {
    json.writeStringProperty("resultType", result.type());
    json.writeName("result");
    switch (result) {
      case PromResult.Scalar(long millis, double value) ->
          sample(json, millis, NumberText.format(value));
      case PromResult.Text(long millis, String value) -> sample(json, millis, value);
      case PromResult.Vector vector -> {
        json.writeStartArray();
        vector.series().forEach(points -> point(json, points));
        json.writeEndArray();
      }
      case PromResult.Matrix matrix -> {
        json.writeStartArray();
        matrix.series().forEach(points -> points(json, points));
        json.writeEndArray();
      }
    }
  }

  private static void point(JsonGenerator json, PromResult.Points points) {
    json.writeStartObject();
    json.writeName("metric");
    labels(json, points.labels());
    FloatHistogram histogram = points.histogram(0);
    if (histogram == null) {
      json.writeName("value");
      sample(json, points.millis()[0], NumberText.format(points.values()[0]));
    } else {
      json.writeName("histogram");
      histogram(json, points.millis()[0], histogram);
    }
    json.writeEndObject();
  }

  private static void points(JsonGenerator json, PromResult.Points points) {
    json.writeStartObject();
    json.writeName("metric");
    labels(json, points.labels());
    boolean floats = false;
    boolean histograms = false;
    for (int i = 0; i < points.count(); i++) {
      floats |= points.histogram(i) == null;
      histograms |= points.histogram(i) != null;
    }
    if (floats) {
      json.writeArrayPropertyStart("values");
      for (int i = 0; i < points.count(); i++) {
        if (points.histogram(i) == null) {
          sample(json, points.millis()[i], NumberText.format(points.values()[i]));
        }
      }
      json.writeEndArray();
    }
    if (histograms) {
      json.writeArrayPropertyStart("histograms");
      for (int i = 0; i < points.count(); i++) {
        FloatHistogram histogram = points.histogram(i);
        if (histogram != null) {
          histogram(json, points.millis()[i], histogram);
        }
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  static void labels(JsonGenerator json, Labels labels) {
    json.writeStartObject();
    labels.forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  private static void sample(JsonGenerator json, long millis, String value) {
    json.writeStartArray();
    time(json, millis);
    json.writeString(value);
    json.writeEndArray();
  }

  /// Unix seconds with up to three digits of a fraction.
  static void time(JsonGenerator json, long millis) {
    long seconds = Math.floorDiv(millis, 1_000L);
    long rest = Math.floorMod(millis, 1_000L);
    if (rest == 0) {
      json.writeNumber(seconds);
    } else {
      json.writeNumber(
          java.math.BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString());
    }
  }

  private static void histogram(JsonGenerator json, long millis, FloatHistogram histogram) {
    json.writeStartArray();
    time(json, millis);
    json.writeStartObject();
    json.writeStringProperty("count", NumberText.format(histogram.count()));
    json.writeStringProperty("sum", NumberText.format(histogram.sum()));
    HistogramBuckets.write(json, histogram);
    json.writeEndObject();
    json.writeEndArray();
  }
}
