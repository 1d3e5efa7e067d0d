package dev.pharos.query.logql;

import dev.pharos.query.logql.syntax.VectorFunction;
import dev.pharos.query.matrix.AggregateOperator;
import dev.pharos.query.matrix.Folds;
import dev.pharos.query.matrix.GroupFold;
import dev.pharos.query.matrix.Grouping;
import dev.pharos.query.matrix.Notes;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepSeries;
import dev.pharos.query.matrix.TopK;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Aggregates series across their labels, step by step. Stateless.
final class Aggregation {
  private Aggregation() {}

  static List<StepSeries> run(
      MetricPlan.Aggregate plan, List<StepSeries> series, int steps, Notes notes) {
    SeriesOperator input = SeriesOperator.of(inOrder(series));
    return switch (plan.function()) {
      case SORT -> sorted(series, false);
      case SORT_DESC -> sorted(series, true);
      case TOPK, BOTTOMK -> {
        var number = new long[steps];
        Arrays.fill(number, plan.number());
        boolean top = plan.function() == VectorFunction.TOPK;
        yield TopK.of(input, grouping(plan), top, number, notes).drain();
      }
      case SUM -> folded(plan, input, Folds.sum(steps, notes));
      case AVG -> folded(plan, input, Folds.average(steps, notes));
      case MIN -> folded(plan, input, Folds.min(steps, notes));
      case MAX -> folded(plan, input, Folds.max(steps, notes));
      case COUNT -> folded(plan, input, Folds.count(steps));
      case STDDEV -> folded(plan, input, Folds.deviation(steps, notes));
      case STDVAR -> folded(plan, input, Folds.variance(steps, notes));
      case APPROX_TOPK -> throw new IllegalStateException(plan.function() + " does not fold");
    };
  }

  private static List<StepSeries> folded(
      MetricPlan.Aggregate plan, SeriesOperator input, Supplier<GroupFold> folds) {
    return AggregateOperator.of(input, grouping(plan), folds).drain();
  }

  private static Grouping grouping(MetricPlan.Aggregate plan) {
    return plan.grouping()
        .map(names -> new Grouping(!names.without(), Set.copyOf(names.labels())))
        .orElse(new Grouping(true, Set.of()));
  }

  private static List<StepSeries> inOrder(List<StepSeries> series) {
    return series.stream().sorted(Comparator.comparing(StepSeries::labels)).toList();
  }

  /// By the value at the first step; what is no number comes last, ties by labels.
  private static List<StepSeries> sorted(List<StepSeries> series, boolean falling) {
    return inOrder(series).stream()
        .sorted((a, b) -> compare(a.values()[0], b.values()[0], falling))
        .toList();
  }

  private static int compare(double a, double b, boolean falling) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    }
    return falling ? Double.compare(b, a) : Double.compare(a, b);
  }
}
