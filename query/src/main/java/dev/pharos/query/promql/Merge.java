package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Joins series that an operation has given the same labels; they must not meet at any step.
final class Merge {
  private Merge() {}

  /// The key of a series: whether its name goes later makes it another one.
  private record Key(Labels labels, boolean dropName) {}

  static SeriesOperator sameLabels(SeriesOperator input) {
    return SeriesOperator.deferred(() -> merge(input.drain()));
  }

  static List<StepSeries> merge(List<StepSeries> series) {
    Map<Key, StepSeries> merged = new LinkedHashMap<>();
    for (StepSeries one : series) {
      StepSeries same = merged.putIfAbsent(new Key(one.labels(), one.dropName()), one);
      if (same != null) {
        join(same, one);
      }
    }
    return new ArrayList<>(merged.values());
  }

  private static void join(StepSeries into, StepSeries other) {
    for (int i = 0; i < other.steps(); i++) {
      if (!other.has(i)) {
        continue;
      }
      if (into.has(i)) {
        throw Evaluation.failure("vector cannot contain metrics with the same labelset");
      }
      into.copyPoint(i, other, i);
    }
  }
}
