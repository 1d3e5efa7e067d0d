package dev.pharos.query.promql;

import dev.pharos.query.matrix.StepSeries;

/// A function of the samples in a window, computed for all windows of a series at once.
@FunctionalInterface
interface WindowFunction {
  /// Fills `out`, which is empty, with the result of each window that has one.
  void apply(Window window, SampleColumn samples, StepSeries out);

  /// A function of the numbers in one window, given at least one.
  @FunctionalInterface
  interface OfNumbers {
    /// The result, or [StepSeries#ABSENT].
    double apply(Window window, SampleColumn numbers, int step, int from, int to);
  }

  /// A function that looks at numbers alone: histograms are ignored, with an info where numbers stand beside them.
  static WindowFunction ofNumbers(OfNumbers function) {
    return numbersOnly(
        (window, samples, out) -> {
          for (int i = 0; i < window.steps(); i++) {
            int from = window.from(i);
            int to = window.to(i);
            if (from < to) {
              out.values()[i] = function.apply(window, samples, i, from, to);
            }
          }
        });
  }

  /// The function applied to the numbers, histograms being ignored with an info where numbers stand beside them.
  static WindowFunction numbersOnly(WindowFunction function) {
    return (window, samples, out) -> {
      if (!samples.hasHistograms()) {
        function.apply(window, samples, out);
        return;
      }
      for (int i = 0; i < window.steps(); i++) {
        int histograms = histograms(samples, window.from(i), window.to(i));
        if (histograms > 0 && histograms < window.to(i) - window.from(i)) {
          window.informIgnored();
        }
      }
      SampleColumn numbers = samples.numbers();
      function.apply(window.over(numbers), numbers, out);
    };
  }

  /// How many of the samples `[from, to)` are histograms.
  static int histograms(SampleColumn samples, int from, int to) {
    int n = 0;
    if (samples.hasHistograms()) {
      for (int k = from; k < to; k++) {
        if (samples.isHistogram(k)) {
          n++;
        }
      }
    }
    return n;
  }
}
