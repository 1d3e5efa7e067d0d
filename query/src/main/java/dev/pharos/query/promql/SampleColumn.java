package dev.pharos.query.promql;

import dev.pharos.model.NativeHistogram;
import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.HistogramResets;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import dev.pharos.store.read.Samples;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The samples of one series in ascending time, as range functions read them: no stale markers.
///
/// @param millis Unix time; valid up to `count`
/// @param values numbers; of a histogram its sum
/// @param histograms empty if there is none, else null where the sample is a number
record SampleColumn(
    int count, long[] millis, double[] values, @Nullable FloatHistogram[] histograms) {
  private static final @Nullable FloatHistogram[] NO_HISTOGRAMS = new FloatHistogram[0];

  static final SampleColumn EMPTY = new SampleColumn(0, new long[0], new double[0], NO_HISTOGRAMS);

  /// Takes over what the store read, without the stale markers.
  static SampleColumn of(Samples samples) {
    SampleColumn column = withMarkers(samples);
    for (int i = 0; i < column.count; i++) {
      if (Samples.isStale(column.values[i])) {
        return column.withoutMarkers(i);
      }
    }
    return column;
  }

  /// Takes over what the store read, stale markers included.
  static SampleColumn withMarkers(Samples samples) {
    @Nullable NativeHistogram[] stored = samples.histograms();
    if (stored.length == 0) {
      return new SampleColumn(samples.count(), samples.millis(), samples.values(), NO_HISTOGRAMS);
    }
    @Nullable FloatHistogram[] histograms = new FloatHistogram[samples.count()];
    for (int i = 0; i < samples.count(); i++) {
      NativeHistogram histogram = stored[i];
      histograms[i] = histogram == null ? null : FloatHistogram.of(histogram);
    }
    return new SampleColumn(samples.count(), samples.millis(), samples.values(), histograms);
  }

  private SampleColumn withoutMarkers(int first) {
    long[] times = millis.clone();
    double[] numbers = values.clone();
    @Nullable FloatHistogram[] kept = histograms.clone();
    int n = first;
    for (int i = first; i < count; i++) {
      if (!Samples.isStale(values[i])) {
        times[n] = millis[i];
        numbers[n] = values[i];
        if (kept.length > 0) {
          kept[n] = histograms[i];
        }
        n++;
      }
    }
    return new SampleColumn(n, times, numbers, kept);
  }

  /// The points of a series on a grid, as the samples of a subquery; what is known of counter resets is forgotten.
  static SampleColumn of(StepSeries series, StepGrid grid) {
    long[] times = new long[series.steps()];
    double[] numbers = new double[series.steps()];
    @Nullable FloatHistogram[] kept =
        series.hasHistograms() ? new FloatHistogram[series.steps()] : NO_HISTOGRAMS;
    int n = 0;
    for (int i = 0; i < series.steps(); i++) {
      FloatHistogram histogram = series.histogram(i);
      if (histogram == null && !series.hasFloat(i)) {
        continue;
      }
      times[n] = grid.time(i);
      numbers[n] = histogram == null ? series.values()[i] : histogram.sum();
      if (histogram != null) {
        kept[n] =
            histogram.hint() == NativeHistogram.ResetHint.GAUGE
                ? histogram
                : histogram.withHint(NativeHistogram.ResetHint.UNKNOWN);
      }
      n++;
    }
    return new SampleColumn(n, times, numbers, kept);
  }

  /// The same samples where a histogram that says nothing about counter resets is compared with the one before it.
  SampleColumn withDetectedResets() {
    @Nullable FloatHistogram[] hinted = histograms.clone();
    FloatHistogram before = null;
    for (int i = 0; i < hinted.length; i++) {
      FloatHistogram histogram = hinted[i];
      if (histogram == null) {
        continue;
      }
      if (before != null && histogram.hint() == NativeHistogram.ResetHint.UNKNOWN) {
        hinted[i] =
            histogram.withHint(
                HistogramResets.isReset(before, histogram)
                    ? NativeHistogram.ResetHint.RESET
                    : NativeHistogram.ResetHint.NOT_RESET);
      }
      before = histogram;
    }
    return new SampleColumn(count, millis, values, hinted);
  }

  boolean hasHistograms() {
    return histograms.length > 0;
  }

  @Nullable FloatHistogram histogram(int i) {
    return histograms.length == 0 ? null : histograms[i];
  }

  boolean isHistogram(int i) {
    return histograms.length > 0 && histograms[i] != null;
  }

  /// Only the numbers.
  SampleColumn numbers() {
    if (!hasHistograms()) {
      return this;
    }
    long[] times = new long[count];
    double[] numbers = new double[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (histograms[i] == null) {
        times[n] = millis[i];
        numbers[n++] = values[i];
      }
    }
    return new SampleColumn(n, Arrays.copyOf(times, n), Arrays.copyOf(numbers, n), NO_HISTOGRAMS);
  }
}
