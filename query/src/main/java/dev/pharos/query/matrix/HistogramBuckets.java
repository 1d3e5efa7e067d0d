package dev.pharos.query.matrix;

import dev.pharos.model.text.NumberText;
import dev.pharos.query.matrix.FloatHistogram.Buckets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The populated buckets of a native histogram with their bounds, by rising value: negative ones, the zero bucket,
/// positive ones. Buckets that reach into the zero bucket end at its edge.
public final class HistogramBuckets {
  /// One bucket.
  ///
  /// @param lowerInclusive whether `lower` belongs to it
  /// @param upperInclusive whether `upper` belongs to it
  public record Bucket(
      double lower, double upper, double count, boolean lowerInclusive, boolean upperInclusive) {
    boolean holdsZero() {
      return lower <= 0 && upper >= 0;
    }
  }

  private HistogramBuckets() {}

  /// The upper bound of exponential bucket `index`: `2 ^ (index * 2 ^ -schema)`.
  public static double bound(int index, int schema) {
    if (schema < 0) {
      int exponent = index << -schema;
      return exponent >= 1024 ? Double.MAX_VALUE : Math.scalb(1.0, exponent);
    }
    int part = index & ((1 << schema) - 1);
    int exponent = index >> schema;
    if (part == 0 && exponent >= 1024) {
      return Double.MAX_VALUE;
    }
    return Math.scalb(Math.pow(2, part / (double) (1 << schema)), exponent);
  }

  static double upperBound(FloatHistogram h, int index) {
    if (!h.customBounds()) {
      return bound(index, h.schema());
    }
    return index < h.bounds().length ? h.bounds()[index] : Double.POSITIVE_INFINITY;
  }

  static double lowerBound(FloatHistogram h, int index) {
    if (!h.customBounds()) {
      return bound(index - 1, h.schema());
    }
    return index == 0 ? Double.NEGATIVE_INFINITY : h.bounds()[index - 1];
  }

  /// All populated buckets by rising value.
  public static List<Bucket> of(FloatHistogram h) {
    List<Bucket> buckets = new ArrayList<>(h.negative().size() + h.positive().size() + 1);
    double zero = h.zeroThreshold();
    Buckets negative = h.negative();
    for (int i = negative.size() - 1; i >= 0; i--) {
      int index = negative.indexes()[i];
      double upper = -lowerBound(h, index);
      buckets.add(
          new Bucket(
              -upperBound(h, index),
              upper > -zero ? -zero : upper,
              negative.counts()[i],
              true,
              false));
    }
    if (h.zeroCount() > 0) {
      buckets.add(new Bucket(-zero, zero, h.zeroCount(), true, true));
    }
    Buckets positive = h.positive();
    for (int i = 0; i < positive.size(); i++) {
      int index = positive.indexes()[i];
      double lower = lowerBound(h, index);
      buckets.add(
          new Bucket(
              !h.customBounds() && lower < zero ? zero : lower,
              upperBound(h, index),
              positive.counts()[i],
              false,
              true));
    }
    return buckets;
  }

  static List<Bucket> falling(FloatHistogram h) {
    List<Bucket> buckets = of(h);
    Collections.reverse(buckets);
    return buckets;
  }

  /// The histogram as Go prints it: `{count:3, sum:4, (1,2]:3}`.
  public static String text(FloatHistogram h) {
    StringBuilder out = new StringBuilder("{count:").append(NumberText.general(h.count()));
    out.append(", sum:").append(NumberText.general(h.sum()));
    for (Bucket b : of(h)) {
      out.append(", ")
          .append(b.lowerInclusive() ? '[' : '(')
          .append(NumberText.general(b.lower()))
          .append(',');
      out.append(NumberText.general(b.upper())).append(b.upperInclusive() ? ']' : ')');
      out.append(':').append(NumberText.general(b.count()));
    }
    return out.append('}').toString();
  }
}
