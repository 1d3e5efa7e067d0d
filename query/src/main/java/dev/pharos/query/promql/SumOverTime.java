package dev.pharos.query.promql;

import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.HistogramSum;
import dev.pharos.query.matrix.StepSeries;

/// `sum_over_time` and `avg_over_time`, of numbers or of histograms; a window with both has no result, with a warning.
final class SumOverTime implements WindowFunction {
  private final boolean average;

  SumOverTime(boolean average) {
    this.average = average;
  }

  @Override
  public void apply(Window window, SampleColumn samples, StepSeries out) {
    for (int i = 0; i < window.steps(); i++) {
      int from = window.from(i);
      int to = window.to(i);
      if (from == to) {
        continue;
      }
      int histograms = WindowFunction.histograms(samples, from, to);
      if (histograms == 0) {
        out.values()[i] =
            average
                ? OverTime.average(window, samples, i, from, to)
                : OverTime.sum(window, samples, i, from, to);
      } else if (histograms < to - from) {
        window.warnMixed();
      } else {
        HistogramSum sum = new HistogramSum(average, window.notes());
        for (int k = from; k < to; k++) {
          FloatHistogram histogram = samples.histogram(k);
          if (histogram != null) {
            sum.add(histogram, window.metricName());
          }
        }
        out.setHistogram(i, sum.result());
      }
    }
  }
}
