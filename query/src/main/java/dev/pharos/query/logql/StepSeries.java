package dev.pharos.query.logql;

import dev.pharos.model.Labels;

/// One series over the steps of a grid. The arrays belong to whoever holds the series.
///
/// @param present whether there is a value at a step; one that is not a number is there
record StepSeries(Labels labels, double[] values, boolean[] present) {
  static StepSeries empty(Labels labels, int count) {
    return new StepSeries(labels, new double[count], new boolean[count]);
  }

  /// A series that has the same value at every step.
  static StepSeries constant(Labels labels, double value, int count) {
    StepSeries series = empty(labels, count);
    java.util.Arrays.fill(series.values, value);
    java.util.Arrays.fill(series.present, true);
    return series;
  }

  StepSeries with(Labels other) {
    return new StepSeries(other, values, present);
  }

  void set(int step, double value) {
    values[step] = value;
    present[step] = true;
  }

  int points() {
    int points = 0;
    for (boolean there : present) {
      points += there ? 1 : 0;
    }
    return points;
  }
}
