package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepSeries;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `absent` and `absent_over_time`: 1 at the steps where the argument has nothing.
final class AbsentFunctions {
  private AbsentFunctions() {}

  static SeriesOperator of(Expr argument, SeriesOperator input, int steps) {
    return SeriesOperator.deferred(
        () -> {
          double[] values = new double[steps];
          Arrays.fill(values, 1);
          for (Optional<StepSeries> next = input.next(); next.isPresent(); next = input.next()) {
            for (int i = 0; i < steps; i++) {
              if (next.get().has(i)) {
                values[i] = StepSeries.ABSENT;
              }
            }
          }
          StepSeries result = StepSeries.of(labels(argument), values);
          return result.isEmpty() ? List.of() : List.of(result);
        });
  }

  /// The labels that equality matchers fix; a label matched more than once is left out, and so is the name.
  private static Labels labels(Expr argument) {
    List<LabelMatch> matchers =
        switch (argument) {
          case Expr.VectorSelector v -> v.matchers();
          case Expr.MatrixSelector m -> m.selector().matchers();
          default -> List.of();
        };
    Labels.Builder labels = Labels.EMPTY.toBuilder();
    Set<String> seen = new HashSet<>();
    for (LabelMatch matcher : matchers) {
      if (matcher.name().equals(Labels.NAME)) {
        continue;
      }
      if (!seen.add(matcher.name())) {
        labels.remove(matcher.name());
      } else if (matcher.op() == LabelMatch.Op.EQUAL) {
        labels.set(matcher.name(), matcher.value());
      }
    }
    return labels.build();
  }
}
