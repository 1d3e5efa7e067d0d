package dev.pharos.query.promql;

import dev.pharos.query.matrix.StepSeries;

/// `rate`, `increase` and `delta` of selectors that say how the edges of a window are treated.
///
/// Anchored: the change from the last sample at or before the window (no older than the lookback) to the last one in
/// it, without extrapolation. Smoothed: the change between the values that straight lines through the neighbouring
/// samples have at both edges; a line over a counter reset starts from 0.
final class EdgeFunctions implements WindowFunction {
  private final boolean counter;
  private final boolean perSecond;
  private final boolean smoothed;
  private final long lookback;

  EdgeFunctions(boolean counter, boolean perSecond, boolean smoothed, long lookback) {
    this.counter = counter;
    this.perSecond = perSecond;
    this.smoothed = smoothed;
    this.lookback = lookback;
  }

  @Override
  public void apply(Window window, SampleColumn samples, StepSeries out) {
    for (int i = 0; i < window.steps(); i++) {
      int from = window.from(i);
      int to = window.to(i);
      int before = before(window, samples, i, lookback);
      int after =
          smoothed && to < samples.count() && samples.millis()[to] <= window.end(i) + lookback
              ? to
              : -1;
      boolean crossed = smoothed && before >= 0 && after >= 0;
      if (from == to && !crossed) {
        continue;
      }
      int first = before >= 0 ? before : from;
      int last = after >= 0 ? after : to - 1;
      int histograms = WindowFunction.histograms(samples, first, last + 1);
      if (histograms == 0) {
        out.values()[i] = scale(numbers(window, samples, i, first, last), window);
      } else if (histograms < last + 1 - first) {
        window.warnMixed();
      } else {
        int step = i;
        new HistogramEdges(window, samples, counter, smoothed)
            .change(i, first, last)
            .map(
                h ->
                    perSecond
                        ? dev.pharos.query.matrix.HistogramMath.divide(
                            h, window.rangeMillis() / 1000.0)
                        : h)
            .ifPresent(h -> out.setHistogram(step, h));
      }
    }
  }

  /// The last sample at or before the start of a window that the lookback reaches, or -1.
  static int before(Window window, SampleColumn samples, int step, long lookback) {
    int index = window.from(step) - 1;
    return index >= 0 && samples.millis()[index] > window.start(step) - lookback ? index : -1;
  }

  private double scale(double change, Window window) {
    return perSecond ? change / (window.rangeMillis() / 1000.0) : change;
  }

  private double numbers(Window window, SampleColumn samples, int step, int first, int last) {
    double[] values = samples.values();
    boolean left = smoothed && samples.millis()[first] < window.start(step) && first < last;
    boolean right = smoothed && samples.millis()[last] > window.end(step) && first < last;
    double start = left ? at(samples, first, window.start(step)) : values[first];
    double end = right ? at(samples, last - 1, window.end(step)) : values[last];
    double change = end - start;
    if (!counter) {
      return change;
    }
    double previous = start;
    for (int k = first + 1; k < (right ? last : last + 1); k++) {
      if (values[k] < previous) {
        change += previous;
      }
      previous = values[k];
    }
    return right && end < previous ? change + previous : change;
  }

  /// The line through a sample and the next one, at a time between them.
  private double at(SampleColumn samples, int index, long millis) {
    double before = samples.values()[index];
    double after = samples.values()[index + 1];
    double part =
        (millis - samples.millis()[index])
            / (double) (samples.millis()[index + 1] - samples.millis()[index]);
    return counter && after < before ? after * part : before + (after - before) * part;
  }
}
