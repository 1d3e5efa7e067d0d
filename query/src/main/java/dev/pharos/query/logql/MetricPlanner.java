package dev.pharos.query.logql;

import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.logql.syntax.LogqlExpr;
import dev.pharos.query.logql.syntax.LogqlExpr.Grouping;
import dev.pharos.query.logql.syntax.RangeFunction;
import dev.pharos.query.logql.syntax.VectorFunction;
import java.util.List;
import java.util.Optional;

/// Turns a parsed metric into a plan, and refuses what cannot run yet. A sum by labels tells lines apart by those
/// alone.
final class MetricPlanner {
  private MetricPlanner() {}

  static MetricPlan plan(LogqlExpr.Metric metric) {
    return switch (metric) {
      case LogqlExpr.NumberLiteral n -> new MetricPlan.Number(n.value());
      case LogqlExpr.VectorLiteral v -> new MetricPlan.Constant(v.value());
      case LogqlExpr.RangeAggregation r -> lines(r, Optional.empty());
      case LogqlExpr.VectorAggregation v -> aggregate(v);
      case LogqlExpr.Binary b ->
          new MetricPlan.Combine(b.op(), b.matching(), plan(b.left()), plan(b.right()));
      case LogqlExpr.LabelReplace l ->
          new MetricPlan.Relabel(
              plan(l.inner()), l.target(), l.replacement(), l.source(), l.regex());
    };
  }

  private static MetricPlan lines(LogqlExpr.RangeAggregation range, Optional<List<String>> labels) {
    switch (range.function()) {
      case RATE, COUNT_OVER_TIME, BYTES_RATE, BYTES_OVER_TIME, ABSENT_OVER_TIME -> {}
      case RATE_COUNTER,
          SUM_OVER_TIME,
          AVG_OVER_TIME,
          MIN_OVER_TIME,
          MAX_OVER_TIME,
          FIRST_OVER_TIME,
          LAST_OVER_TIME,
          STDDEV_OVER_TIME,
          STDVAR_OVER_TIME,
          QUANTILE_OVER_TIME ->
          throw unsupported("the function " + range.function().word());
    }
    if (range.unwrap().isPresent()) {
      throw unsupported("unwrap");
    }
    Optional<List<String>> kept =
        range.function() == RangeFunction.ABSENT_OVER_TIME ? Optional.of(List.of()) : labels;
    return new MetricPlan.Lines(
        new LogPlan(range.query().matchers(), range.query().stages(), kept),
        range.function(),
        range.query().matchers(),
        range.rangeNanos(),
        range.offsetNanos(),
        kept);
  }

  private static MetricPlan aggregate(LogqlExpr.VectorAggregation v) {
    if (v.function() == VectorFunction.APPROX_TOPK) {
      throw unsupported("approx_topk");
    }
    boolean byLabels = v.grouping().map(g -> !g.without()).orElse(true);
    boolean additive = v.function() == VectorFunction.SUM && byLabels;
    MetricPlan inner =
        additive && v.inner() instanceof LogqlExpr.RangeAggregation range
            ? lines(range, Optional.of(v.grouping().map(Grouping::labels).orElse(List.of())))
            : plan(v.inner());
    return new MetricPlan.Aggregate(
        v.function(), (int) v.parameter().orElse(0), v.grouping(), inner);
  }

  private static QueryException unsupported(String construct) {
    return new QueryException(new QueryError.Unsupported(construct));
  }
}
