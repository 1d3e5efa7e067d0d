package dev.pharos.query.logql;

import dev.pharos.query.logql.syntax.LogqlExpr.Grouping;
import dev.pharos.query.logql.syntax.LogqlExpr.Matching;
import dev.pharos.query.logql.syntax.Matcher;
import dev.pharos.query.logql.syntax.RangeFunction;
import dev.pharos.query.logql.syntax.VectorFunction;
import dev.pharos.query.matrix.BinaryOp;
import java.util.List;
import java.util.Optional;

/// How a metric is computed: a tree of operators, the leaves of which read lines or are constants.
sealed interface MetricPlan {
  /// A number without labels.
  record Number(double value) implements MetricPlan {}

  /// One series without labels.
  record Constant(double value) implements MetricPlan {}

  /// Counts lines or bytes in windows.
  ///
  /// @param labels by which lines are told apart; empty if by all
  record Lines(
      LogPlan lines,
      RangeFunction function,
      List<Matcher> matchers,
      long rangeNanos,
      long offsetNanos,
      Optional<List<String>> labels)
      implements MetricPlan {}

  /// @param number of series that the ranking functions keep
  record Aggregate(
      VectorFunction function, int number, Optional<Grouping> grouping, MetricPlan inner)
      implements MetricPlan {}

  record Combine(BinaryOp op, Matching matching, MetricPlan left, MetricPlan right)
      implements MetricPlan {}

  record Relabel(MetricPlan inner, String target, String replacement, String source, String regex)
      implements MetricPlan {}
}
