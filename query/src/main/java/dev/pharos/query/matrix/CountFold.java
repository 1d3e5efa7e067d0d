package dev.pharos.query.matrix;

import dev.pharos.model.Labels;
import java.util.Arrays;

/// Counts the points of a group, histograms included, or says 1 where there is any (`group`).
final class CountFold implements GroupFold {
  private final boolean ones;
  private final double[] counts;

  CountFold(boolean ones, int steps) {
    this.ones = ones;
    counts = new double[steps];
    Arrays.fill(counts, StepSeries.ABSENT);
  }

  @Override
  public void add(StepSeries series) {
    for (int i = 0; i < counts.length; i++) {
      if (series.has(i)) {
        counts[i] = ones || StepSeries.isAbsent(counts[i]) ? 1 : counts[i] + 1;
      }
    }
  }

  @Override
  public StepSeries result(Labels labels) {
    return StepSeries.of(labels, counts);
  }
}
