package dev.pharos.query.promql;

import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.KahanSum;
import dev.pharos.query.matrix.Quantiles;
import dev.pharos.query.matrix.StepSeries;

/// The `…_over_time` functions of numbers, and those that only count or pick samples.
final class OverTime {
  private OverTime() {}

  static double sum(Window window, SampleColumn samples, int step, int from, int to) {
    double[] values = samples.values();
    double sum = 0;
    double compensation = 0;
    for (int k = from; k < to; k++) {
      double value = values[k];
      double total = sum + value;
      if (Double.isInfinite(total)) {
        compensation = 0;
      } else if (Math.abs(sum) >= Math.abs(value)) {
        compensation += (sum - total) + value;
      } else {
        compensation += (value - total) + sum;
      }
      sum = total;
    }
    return Double.isInfinite(sum) ? sum : sum + compensation;
  }

  static double average(Window window, SampleColumn samples, int step, int from, int to) {
    double[] values = samples.values();
    KahanSum sum = new KahanSum(values[from], 0);
    for (int k = from + 1; k < to; k++) {
      double before = sum.sum();
      double compensation = sum.compensation();
      sum.add(values[k]);
      if (Double.isInfinite(sum.sum())) {
        return incrementalMean(values, from, k, to, before, compensation);
      }
    }
    double count = to - from;
    return sum.sum() / count + sum.compensation() / count;
  }

  /// The mean from where the sum `before` the sample `at` would overflow.
  private static double incrementalMean(
      double[] values, int from, int at, int to, double before, double compensation) {
    double count = at - from + 1;
    KahanSum mean = new KahanSum(before / (count - 1), compensation / (count - 1));
    for (int k = at; k < to; k++, count++) {
      double q = (count - 1) / count;
      mean = new KahanSum(q * mean.sum(), q * mean.compensation());
      mean.add(values[k] / count);
    }
    return mean.value();
  }

  static double variance(Window window, SampleColumn samples, int step, int from, int to) {
    double count = 0;
    KahanSum mean = new KahanSum();
    KahanSum squares = new KahanSum();
    for (int k = from; k < to; k++) {
      double value = samples.values()[k];
      count++;
      double delta = value - mean.value();
      mean.add(delta / count);
      squares.add(delta * (value - mean.value()));
    }
    return squares.value() / count;
  }

  static double deviation(Window window, SampleColumn samples, int step, int from, int to) {
    return Math.sqrt(variance(window, samples, step, from, to));
  }

  /// Median absolute deviation; NaN if any sample is.
  static double medianDeviation(Window window, SampleColumn samples, int step, int from, int to) {
    int n = to - from;
    double[] values = new double[n];
    for (int k = 0; k < n; k++) {
      values[k] = samples.values()[from + k];
      if (Double.isNaN(values[k])) {
        return Double.NaN;
      }
    }
    double median = Quantiles.of(0.5, values, n);
    for (int k = 0; k < n; k++) {
      values[k] = Math.abs(samples.values()[from + k] - median);
    }
    return Quantiles.of(0.5, values, n);
  }

  /// Quantiles, one wanted for each step.
  static WindowFunction quantile(double[] phi) {
    double[][] buffer = {new double[256]};
    return WindowFunction.ofNumbers(
        (window, samples, step, from, to) -> {
          int n = to - from;
          if (buffer[0].length < n) {
            buffer[0] = new double[n * 2];
          }
          System.arraycopy(samples.values(), from, buffer[0], 0, n);
          return Quantiles.of(phi[step], buffer[0], n);
        });
  }

  static double timeOfMax(Window window, SampleColumn samples, int step, int from, int to) {
    return timeOfExtremum(samples, from, to, true);
  }

  static double timeOfMin(Window window, SampleColumn samples, int step, int from, int to) {
    return timeOfExtremum(samples, from, to, false);
  }

  private static double timeOfExtremum(SampleColumn samples, int from, int to, boolean max) {
    double[] values = samples.values();
    int best = from;
    for (int k = from + 1; k < to; k++) {
      double value = values[k];
      if (Double.isNaN(values[best]) || (max ? value >= values[best] : value <= values[best])) {
        best = k;
      }
    }
    return samples.millis()[best] / 1000.0;
  }

  /// Samples of either kind in each window.
  static void count(Window window, SampleColumn samples, StepSeries out) {
    for (int i = 0; i < window.steps(); i++) {
      if (window.from(i) < window.to(i)) {
        out.values()[i] = window.to(i) - window.from(i);
      }
    }
  }

  static void present(Window window, SampleColumn samples, StepSeries out) {
    for (int i = 0; i < window.steps(); i++) {
      if (window.from(i) < window.to(i)) {
        out.values()[i] = 1;
      }
    }
  }

  static void first(Window window, SampleColumn samples, StepSeries out) {
    for (int i = 0; i < window.steps(); i++) {
      if (window.from(i) < window.to(i)) {
        pick(samples, window.from(i), out, i);
      }
    }
  }

  static void last(Window window, SampleColumn samples, StepSeries out) {
    for (int i = 0; i < window.steps(); i++) {
      if (window.from(i) < window.to(i)) {
        pick(samples, window.to(i) - 1, out, i);
      }
    }
  }

  private static void pick(SampleColumn samples, int sample, StepSeries out, int step) {
    FloatHistogram histogram = samples.histogram(sample);
    if (histogram == null) {
      out.values()[step] = samples.values()[sample];
    } else {
      out.setHistogram(step, histogram);
    }
  }

  static void timeOfFirst(Window window, SampleColumn samples, StepSeries out) {
    for (int i = 0; i < window.steps(); i++) {
      if (window.from(i) < window.to(i)) {
        out.values()[i] = samples.millis()[window.from(i)] / 1000.0;
      }
    }
  }

  static void timeOfLast(Window window, SampleColumn samples, StepSeries out) {
    for (int i = 0; i < window.steps(); i++) {
      if (window.from(i) < window.to(i)) {
        out.values()[i] = samples.millis()[window.to(i) - 1] / 1000.0;
      }
    }
  }
}
