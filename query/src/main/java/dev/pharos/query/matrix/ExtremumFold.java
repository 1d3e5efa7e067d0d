package dev.pharos.query.matrix;

import dev.pharos.model.Labels;
import java.util.Arrays;

/// The least or greatest number of a group; NaN only where there is nothing else. Histograms are ignored, with an info.
final class ExtremumFold implements GroupFold {
  private final boolean max;
  private final Notes notes;
  private final double[] best;

  ExtremumFold(boolean max, int steps, Notes notes) {
    this.max = max;
    this.notes = notes;
    best = new double[steps];
    Arrays.fill(best, StepSeries.ABSENT);
  }

  @Override
  public void add(StepSeries series) {
    double[] values = series.values();
    for (int i = 0; i < best.length; i++) {
      double value = values[i];
      if (!StepSeries.isAbsent(value)
          && (Double.isNaN(best[i]) || (max ? best[i] < value : best[i] > value))) {
        best[i] = value;
      }
    }
    Folds.noteIgnoredHistograms(series, max ? "max" : "min", notes);
  }

  @Override
  public StepSeries result(Labels labels) {
    return StepSeries.of(labels, best);
  }
}
