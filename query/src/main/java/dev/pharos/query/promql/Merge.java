package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepSeries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Joins series that an operation has given the same labels; they must not meet at any step.
final class Merge {
  private static final String SAME = "vector cannot contain metrics with the same labelset";

  private Merge() {}

  /// The key of a series: whether its name goes later makes it another one.
  private record Key(Labels labels, boolean dropName) {}

  static SeriesOperator sameLabels(SeriesOperator input) {
    return SeriesOperator.deferred(() -> merge(input.drain()));
  }

  /// Lets series pass that all have labels of their own; range functions do not even join series that never meet.
  static SeriesOperator distinct(SeriesOperator input) {
    Set<Labels> seen = new HashSet<>();
    return () -> {
      Optional<StepSeries> next = input.next();
      if (next.isPresent() && !seen.add(next.get().labels())) {
        throw Evaluation.failure(SAME);
      }
      return next;
    };
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
        throw Evaluation.failure(SAME);
      }
      into.copyPoint(i, other, i);
    }
  }
}
