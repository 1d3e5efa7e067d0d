package dev.pharos.query.matrix;

import dev.pharos.model.Labels;
import java.util.Arrays;

/// Population standard deviation or variance of a group by Welford's recurrence. Histograms are ignored, with an info.
final class DeviationFold implements GroupFold {
  private final boolean root;
  private final Notes notes;
  private final double[] counts;
  private final double[] means;
  private final double[] squares;

  DeviationFold(boolean root, int steps, Notes notes) {
    this.root = root;
    this.notes = notes;
    counts = new double[steps];
    means = new double[steps];
    squares = new double[steps];
  }

  @Override
  public void add(StepSeries series) {
    double[] values = series.values();
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      if (StepSeries.isAbsent(value)) {
        continue;
      }
      double count = ++counts[i];
      if (count == 1) {
        means[i] = value;
        squares[i] = Double.isNaN(value) || Double.isInfinite(value) ? Double.NaN : 0;
        continue;
      }
      double delta = value - means[i];
      means[i] += delta / count;
      squares[i] += delta * (value - means[i]);
    }
    Folds.noteIgnoredHistograms(series, root ? "stddev" : "stdvar", notes);
  }

  @Override
  public StepSeries result(Labels labels) {
    double[] values = new double[counts.length];
    Arrays.fill(values, StepSeries.ABSENT);
    for (int i = 0; i < values.length; i++) {
      if (counts[i] > 0) {
        double variance = squares[i] / counts[i];
        values[i] = root ? Math.sqrt(variance) : variance;
      }
    }
    return StepSeries.of(labels, values);
  }
}
