package dev.pharos.query.matrix;

import org.jspecify.annotations.Nullable;

/// The sum or average of histograms as they come, with compensated sums.
///
/// The average is sum by count until the sum would overflow, and from there on an incremental mean. Exponential and
/// custom buckets in one sum make it void, with a warning.
public final class HistogramSum {
  private final boolean average;
  private final Notes notes;
  private @Nullable CompensatedHistogram sum;
  private int count;
  private boolean incremental;
  private boolean broken;

  public HistogramSum(boolean average, Notes notes) {
    this.average = average;
    this.notes = notes;
  }

  /// @param metricName for the warning about what cannot be added
  public void add(FloatHistogram histogram, String metricName) {
    count++;
    CompensatedHistogram before = sum;
    if (before == null) {
      sum = CompensatedHistogram.of(histogram);
      return;
    }
    if (before.sum().customBounds() != histogram.customBounds()) {
      broken = true;
      notes.warn(
          "vector contains a mix of histograms with exponential and custom buckets schemas for metric name \""
              + metricName
              + "\"");
      return;
    }
    if (!average || !incremental) {
      CompensatedHistogram total = before.plus(histogram, notes);
      if (!average || !total.sum().overflows()) {
        sum = total;
        return;
      }
      incremental = true;
      before = before.divided(count - 1);
    }
    double q = (count - 1) / (double) count;
    sum = before.multiplied(q).plus(HistogramMath.divide(histogram, count), notes);
  }

  /// The sum or average, or null if it is void.
  public @Nullable FloatHistogram result() {
    CompensatedHistogram total = sum;
    if (broken || total == null) {
      return null;
    }
    return (average && !incremental ? total.divided(count) : total).value();
  }
}
