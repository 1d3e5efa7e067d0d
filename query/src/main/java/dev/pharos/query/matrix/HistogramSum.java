package dev.pharos.query.matrix;

import org.jspecify.annotations.Nullable;

/// The sum or average of histograms as they come; exponential and custom buckets in one sum make it void, with a warning.
public final class HistogramSum {
  private final boolean average;
  private final Notes notes;
  private @Nullable FloatHistogram sum;
  private int count;
  private boolean broken;

  public HistogramSum(boolean average, Notes notes) {
    this.average = average;
    this.notes = notes;
  }

  /// @param metricName for the warning about what cannot be added
  public void add(FloatHistogram histogram, String metricName) {
    count++;
    FloatHistogram before = sum;
    if (before == null) {
      sum = histogram;
    } else if (before.customBounds() != histogram.customBounds()) {
      broken = true;
      notes.warn("vector contains a mix of histograms with exponential and custom buckets schemas for metric name \""
          + metricName + "\"");
    } else {
      sum = HistogramMath.add(before, histogram, "aggregation", notes);
    }
  }

  /// The sum or average, or null if it is void.
  public @Nullable FloatHistogram result() {
    FloatHistogram total = sum;
    if (broken || total == null) {
      return null;
    }
    return average && count > 1 ? HistogramMath.divide(total, count) : total;
  }
}
