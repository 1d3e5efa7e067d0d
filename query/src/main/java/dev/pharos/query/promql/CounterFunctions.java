package dev.pharos.query.promql;

import dev.pharos.query.matrix.StepSeries;
import java.util.Arrays;

/// `rate`, `increase`, `delta`: the change over a window, extrapolated to its edges.
final class CounterFunctions implements WindowFunction {
  private final boolean counter;
  private final boolean perSecond;
  private int[] resets = new int[16];

  /// @param counter whether falls are resets and the left edge stops where the line meets zero
  /// @param perSecond whether the change is divided by the range
  CounterFunctions(boolean counter, boolean perSecond) {
    this.counter = counter;
    this.perSecond = perSecond;
  }

  @Override
  public void apply(Window window, SampleColumn samples, StepSeries out) {
    if (samples.hasHistograms()) {
      HistogramRate.apply(this, window, samples, out);
      return;
    }
    int resetCount = counter ? findResets(samples) : 0;
    int firstReset = 0;
    for (int i = 0; i < window.steps(); i++) {
      int from = window.from(i);
      int to = window.to(i);
      if (to - from < 2) {
        continue;
      }
      while (firstReset < resetCount && resets[firstReset] <= from) {
        firstReset++;
      }
      double change = samples.values()[to - 1] - samples.values()[from];
      for (int r = firstReset; r < resetCount && resets[r] < to; r++) {
        change += samples.values()[resets[r] - 1];
      }
      out.values()[i] = change * factor(window, samples, i, samples.values()[from], change);
    }
  }

  /// Indexes of the samples that are lower than the one before.
  private int findResets(SampleColumn samples) {
    int n = 0;
    double[] values = samples.values();
    for (int i = 1; i < samples.count(); i++) {
      if (values[i] < values[i - 1]) {
        if (n == resets.length) {
          resets = Arrays.copyOf(resets, n * 2);
        }
        resets[n++] = i;
      }
    }
    return n;
  }

  /// What the change between first and last sample is multiplied with.
  ///
  /// @param first the first value, or count of a histogram
  /// @param change the change of it
  double factor(Window window, SampleColumn samples, int step, double first, double change) {
    int from = window.from(step);
    int to = window.to(step);
    long firstMillis = samples.millis()[from];
    long lastMillis = samples.millis()[to - 1];
    double toStart = (firstMillis - window.start(step)) / 1000.0;
    double toEnd = (window.end(step) - lastMillis) / 1000.0;
    double sampled = (lastMillis - firstMillis) / 1000.0;
    double average = sampled / (to - from - 1);
    double threshold = average * 1.1;
    if (toStart >= threshold) {
      toStart = average / 2;
    }
    if (counter && change > 0 && first >= 0) {
      double toZero = sampled * (first / change);
      if (toZero < toStart) {
        toStart = toZero;
      }
    }
    if (toEnd >= threshold) {
      toEnd = average / 2;
    }
    double factor = (sampled + toStart + toEnd) / sampled;
    return perSecond ? factor / seconds(window.rangeMillis()) : factor;
  }

  boolean counter() {
    return counter;
  }

  private static double seconds(long millis) {
    return millis / 1000 + (millis % 1000) * 1_000_000 / 1e9;
  }
}
