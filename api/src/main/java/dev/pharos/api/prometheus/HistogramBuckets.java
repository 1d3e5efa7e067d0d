package dev.pharos.api.prometheus;

import dev.pharos.model.text.NumberText;
import dev.pharos.query.matrix.FloatHistogram;
import tools.jackson.core.JsonGenerator;

/// The buckets of a native histogram in Prometheus' JSON: `[rule, lower, upper, count]` by rising bounds, where the
/// rule says which bounds belong to the bucket (0 upper, 1 lower, 2 none, 3 both). Empty buckets are left out.
final class HistogramBuckets {
  private static final int OPEN_LEFT = 0;
  private static final int OPEN_RIGHT = 1;
  private static final int CLOSED = 3;

  private HistogramBuckets() {}

  /// Writes the property `buckets` if there is any bucket.
  static void write(JsonGenerator json, FloatHistogram histogram) {
    FloatHistogram.Buckets positive = histogram.positive();
    FloatHistogram.Buckets negative = histogram.negative();
    if (positive.size() + negative.size() == 0 && histogram.zeroCount() == 0) {
      return;
    }
    json.writeArrayPropertyStart("buckets");
    for (int i = negative.size() - 1; i >= 0; i--) {
      int index = negative.indexes()[i];
      bucket(
          json,
          OPEN_RIGHT,
          -upper(histogram, index),
          -upper(histogram, index - 1),
          negative.counts()[i]);
    }
    if (histogram.zeroCount() != 0) {
      bucket(
          json,
          CLOSED,
          -histogram.zeroThreshold(),
          histogram.zeroThreshold(),
          histogram.zeroCount());
    }
    for (int i = 0; i < positive.size(); i++) {
      int index = positive.indexes()[i];
      double lower = upper(histogram, index - 1);
      int rule = lower == Double.NEGATIVE_INFINITY ? CLOSED : OPEN_LEFT;
      bucket(json, rule, lower, upper(histogram, index), positive.counts()[i]);
    }
    json.writeEndArray();
  }

  private static void bucket(
      JsonGenerator json, int rule, double lower, double upper, double count) {
    json.writeStartArray();
    json.writeNumber(rule);
    json.writeString(NumberText.format(lower));
    json.writeString(NumberText.format(upper));
    json.writeString(NumberText.format(count));
    json.writeEndArray();
  }

  /// The upper bound of bucket `index`: 2^(index * 2^-schema), or the custom one.
  private static double upper(FloatHistogram histogram, int index) {
    if (histogram.customBounds()) {
      double[] bounds = histogram.bounds();
      return index < 0
          ? Double.NEGATIVE_INFINITY
          : index < bounds.length ? bounds[index] : Double.POSITIVE_INFINITY;
    }
    return Math.pow(2, index * Math.pow(2, -histogram.schema()));
  }
}
