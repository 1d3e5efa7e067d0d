package dev.pharos.query.matrix;

import dev.pharos.model.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Sum and average with compensated sums. The average is sum by count until the sum would overflow, and from there on
/// an incremental mean, also compensated. A point where numbers meet histograms has no result, with a warning.
final class SumFold implements GroupFold {
  private static final byte NUMBERS = 1;
  private static final byte HISTOGRAMS = 2;
  private static final byte MIXED = 3;

  private final boolean average;
  private final Notes notes;
  private final double[] sums;
  private final double[] compensations;
  private final double[] counts;
  private final byte[] kinds;
  private final boolean[] incremental;
  private @Nullable HistogramSum[] histograms = new HistogramSum[0];

  SumFold(boolean average, int steps, Notes notes) {
    this.average = average;
    this.notes = notes;
    sums = new double[steps];
    compensations = new double[steps];
    counts = new double[steps];
    kinds = new byte[steps];
    incremental = new boolean[average ? steps : 0];
  }

  @Override
  public void add(StepSeries series) {
    double[] values = series.values();
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      if (StepSeries.isAbsent(value)) {
        continue;
      }
      kinds[i] |= NUMBERS;
      if (average) {
        addToMean(i, value);
      } else {
        addToSum(i, value);
      }
    }
    if (series.hasHistograms()) {
      addHistograms(series);
    }
  }

  private void addToSum(int i, double value) {
    double sum = sums[i];
    double total = sum + value;
    if (Double.isInfinite(total)) {
      compensations[i] = 0;
    } else {
      compensations[i] += KahanSum.compensationOf(sum, value, total);
    }
    sums[i] = total;
  }

  private void addToMean(int i, double value) {
    double count = ++counts[i];
    if (!incremental[i]) {
      double total = sums[i] + value;
      if (count == 1 || !Double.isInfinite(total)) {
        compensations[i] =
            Double.isInfinite(total)
                ? 0
                : compensations[i] + KahanSum.compensationOf(sums[i], value, total);
        sums[i] = total;
        return;
      }
      incremental[i] = true;
      sums[i] /= count - 1;
      compensations[i] /= count - 1;
    }
    double q = (count - 1) / count;
    KahanSum mean = new KahanSum(q * sums[i], q * compensations[i]);
    mean.add(value / count);
    sums[i] = mean.sum();
    compensations[i] = mean.compensation();
  }

  private void addHistograms(StepSeries series) {
    if (histograms.length == 0) {
      histograms = new HistogramSum[sums.length];
    }
    for (int i = 0; i < sums.length; i++) {
      FloatHistogram histogram = series.histogram(i);
      if (histogram != null) {
        kinds[i] |= HISTOGRAMS;
        HistogramSum sum = histograms[i];
        if (sum == null) {
          sum = new HistogramSum(average, notes);
          histograms[i] = sum;
        }
        sum.add(histogram, series.labels().get(Labels.NAME));
      }
    }
  }

  @Override
  public StepSeries result(Labels labels) {
    double[] values = new double[sums.length];
    Arrays.fill(values, StepSeries.ABSENT);
    StepSeries series = StepSeries.of(labels, values);
    for (int i = 0; i < sums.length; i++) {
      switch (kinds[i]) {
        case NUMBERS -> values[i] = number(i);
        case HISTOGRAMS -> {
          HistogramSum sum = histograms[i];
          if (sum != null) {
            series.setHistogram(i, sum.result());
          }
        }
        case MIXED -> notes.warn("encountered a mix of histograms and floats for aggregation");
        default -> {}
      }
    }
    return series;
  }

  private double number(int i) {
    if (!average || incremental[i]) {
      return sums[i] + compensations[i];
    }
    return sums[i] / counts[i] + compensations[i] / counts[i];
  }
}
