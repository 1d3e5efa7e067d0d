package dev.pharos.query.promql;

import dev.pharos.model.text.NumberText;
import dev.pharos.query.matrix.KahanSum;
import dev.pharos.query.matrix.StepSeries;

/// Lines and smoothing through the numbers of a window: `deriv`, `predict_linear`, `double_exponential_smoothing`.
final class Regression {
  /// @param slope per second
  /// @param intercept at the origin of time chosen
  private record Line(double slope, double intercept) {}

  private Regression() {}

  /// Least squares with time counted in seconds from `originMillis`.
  private static Line fit(SampleColumn samples, int from, int to, long originMillis) {
    double first = samples.values()[from];
    boolean constant = true;
    double n = 0;
    KahanSum sumX = new KahanSum();
    KahanSum sumY = new KahanSum();
    KahanSum sumXy = new KahanSum();
    KahanSum sumX2 = new KahanSum();
    for (int k = from; k < to; k++) {
      double y = samples.values()[k];
      constant &= k == from || y == first;
      n++;
      double x = (samples.millis()[k] - originMillis) / 1e3;
      sumX.add(x);
      sumY.add(y);
      sumXy.add(x * y);
      sumX2.add(x * x);
    }
    if (constant) {
      return Double.isInfinite(first) ? new Line(Double.NaN, Double.NaN) : new Line(0, first);
    }
    double x = sumX.value();
    double y = sumY.value();
    double covariance = sumXy.value() - x * y / n;
    double variance = sumX2.value() - x * x / n;
    double slope = covariance / variance;
    return new Line(slope, y / n - slope * x / n);
  }

  static double derivative(Window window, SampleColumn samples, int step, int from, int to) {
    return to - from < 2
        ? StepSeries.ABSENT
        : fit(samples, from, to, samples.millis()[from]).slope();
  }

  /// @param seconds how far ahead of each step
  static WindowFunction predict(double[] seconds) {
    return WindowFunction.ofNumbers(
        (window, samples, step, from, to) -> {
          if (to - from < 2) {
            return StepSeries.ABSENT;
          }
          Line line = fit(samples, from, to, window.time(step));
          return line.slope() * seconds[step] + line.intercept();
        });
  }

  /// Holt and Winters' double exponential smoothing.
  static WindowFunction smoothing(double[] level, double[] trend) {
    return WindowFunction.ofNumbers(
        (window, samples, step, from, to) -> {
          check("smoothing", level[step]);
          check("trend", trend[step]);
          return to - from < 2
              ? StepSeries.ABSENT
              : smooth(samples.values(), from, to, level[step], trend[step]);
        });
  }

  private static double smooth(double[] values, int from, int to, double sf, double tf) {
    double s0 = 0;
    double s1 = values[from];
    double b = values[from + 1] - values[from];
    for (int k = from + 1; k < to; k++) {
      double x = sf * values[k];
      if (k > from + 1) {
        b = tf * (s1 - s0) + (1 - tf) * b;
      }
      double y = (1 - sf) * (s1 + b);
      s0 = s1;
      s1 = x + y;
    }
    return s1;
  }

  private static void check(String what, double factor) {
    if (!(factor > 0 && factor < 1)) {
      throw Evaluation.failure(
          "invalid "
              + what
              + " factor. Expected: 0 < "
              + (what.equals("trend") ? "tf" : "sf")
              + " < 1, got: "
              + NumberText.plain(factor));
    }
  }
}
