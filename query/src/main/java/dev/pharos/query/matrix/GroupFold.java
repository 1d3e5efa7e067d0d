package dev.pharos.query.matrix;

import dev.pharos.model.Labels;

/// Folds the series of one group, point by point, in the order they come. One thread.
public interface GroupFold {
  void add(StepSeries series);

  /// The group's series; the fold is not used afterwards.
  StepSeries result(Labels labels);
}
