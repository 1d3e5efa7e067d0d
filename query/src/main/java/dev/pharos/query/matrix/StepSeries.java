package dev.pharos.query.matrix;

import dev.pharos.model.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One series over the points of a [StepGrid]: at each a number, a histogram or nothing.
///
/// Nothing is the bit pattern of the stale marker, which no operation on numbers produces. Arithmetic on an absent
/// value would turn it into an ordinary NaN, so operators ask [#isAbsent] first. The arrays belong to whoever holds
/// the series; operators may write to what they pull. One thread at a time.
public final class StepSeries {
  private static final long ABSENT_BITS = 0x7ff0000000000002L;

  /// The mark for "no number here".
  public static final double ABSENT = Double.longBitsToDouble(ABSENT_BITS);

  private static final @Nullable FloatHistogram[] NONE = new FloatHistogram[0];

  private final Labels labels;
  private final boolean dropName;
  private final double[] values;
  private @Nullable FloatHistogram[] histograms = NONE;

  private StepSeries(Labels labels, boolean dropName, double[] values) {
    this.labels = labels;
    this.dropName = dropName;
    this.values = values;
  }

  /// A series that takes over `values`.
  public static StepSeries of(Labels labels, double[] values) {
    return new StepSeries(labels, false, values);
  }

  /// A series without any point yet.
  public static StepSeries empty(Labels labels, int steps) {
    double[] values = new double[steps];
    Arrays.fill(values, ABSENT);
    return new StepSeries(labels, false, values);
  }

  /// A series that has the same number at every point.
  public static StepSeries constant(Labels labels, double value, int steps) {
    double[] values = new double[steps];
    Arrays.fill(values, value);
    return new StepSeries(labels, false, values);
  }

  /// The same points under other labels; the arrays are shared.
  public StepSeries with(Labels other, boolean drop) {
    StepSeries series = new StepSeries(other, drop, values);
    series.histograms = histograms;
    return series;
  }

  public static boolean isAbsent(double value) {
    return Double.isNaN(value) && Double.doubleToRawLongBits(value) == ABSENT_BITS;
  }

  public Labels labels() {
    return labels;
  }

  /// Whether the metric name is to be dropped at the end of the query.
  public boolean dropName() {
    return dropName;
  }

  /// The numbers, [#ABSENT] where there is none.
  public double[] values() {
    return values;
  }

  public int steps() {
    return values.length;
  }

  public boolean hasFloat(int i) {
    return !isAbsent(values[i]);
  }

  public boolean hasHistograms() {
    return histograms.length > 0;
  }

  public @Nullable FloatHistogram histogram(int i) {
    return histograms.length == 0 ? null : histograms[i];
  }

  public boolean has(int i) {
    return hasFloat(i) || histogram(i) != null;
  }

  /// Puts a histogram, or none, in place of what was there.
  public void setHistogram(int i, @Nullable FloatHistogram histogram) {
    values[i] = ABSENT;
    if (histograms.length == 0) {
      if (histogram == null) {
        return;
      }
      histograms = new FloatHistogram[values.length];
    }
    histograms[i] = histogram;
  }

  /// Puts a number in place of what was there.
  public void setFloat(int i, double value) {
    values[i] = value;
    if (histograms.length > 0) {
      histograms[i] = null;
    }
  }

  public void clear(int i) {
    setHistogram(i, null);
  }

  /// Copies point `from` of another series to point `to` of this one.
  public void copyPoint(int to, StepSeries other, int from) {
    FloatHistogram histogram = other.histogram(from);
    if (histogram == null) {
      setFloat(to, other.values[from]);
    } else {
      setHistogram(to, histogram);
    }
  }

  /// A copy whose arrays are its own.
  public StepSeries copy() {
    StepSeries series = new StepSeries(labels, dropName, values.clone());
    series.histograms = histograms.length == 0 ? NONE : histograms.clone();
    return series;
  }

  /// Removes all histograms.
  public void dropHistograms() {
    histograms = NONE;
  }

  public boolean isEmpty() {
    return pointCount() == 0;
  }

  public int pointCount() {
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (has(i)) {
        n++;
      }
    }
    return n;
  }
}
