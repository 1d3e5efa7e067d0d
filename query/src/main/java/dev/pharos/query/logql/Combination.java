package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.logql.MetricRun.Value;
import dev.pharos.query.logql.syntax.BinaryOp;
import dev.pharos.query.logql.syntax.LogqlExpr.Matching;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Operators between two values: numbers, or series that find each other by their labels. Stateless.
final class Combination {
  private Combination() {}

  static Value run(BinaryOp op, Matching matching, Value left, Value right, int steps) {
    return switch (left) {
      case Value.One(double a) ->
          switch (right) {
            case Value.One(double b) -> new Value.One(constant(op, a, b));
            case Value.Many(List<StepSeries> series) ->
                withNumber(op, matching.bool(), series, a, false);
          };
      case Value.Many(List<StepSeries> series) ->
          switch (right) {
            case Value.One(double b) -> withNumber(op, matching.bool(), series, b, true);
            case Value.Many(List<StepSeries> others) ->
                new Value.Many(
                    op.isSet()
                        ? set(op, matching, series, others, steps)
                        : matched(op, matching, series, others, steps));
          };
    };
  }

  /// Two numbers: floating point throughout, comparisons give 0 or 1.
  private static double constant(BinaryOp op, double a, double b) {
    return switch (op) {
      case DIV -> a / b;
      case MOD -> a % b;
      case OR, AND, UNLESS, EQ, NE, GT, GE, LT, LE, ADD, SUB, MUL, POW -> compute(op, a, b);
    };
  }

  /// Division and remainder by zero are no number, as in Loki's vectors.
  private static double compute(BinaryOp op, double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> b == 0 ? Double.NaN : a / b;
      case MOD -> b == 0 ? Double.NaN : a % b;
      case POW -> Math.pow(a, b);
      case EQ -> a == b ? 1 : 0;
      case NE -> a != b ? 1 : 0;
      case GT -> a > b ? 1 : 0;
      case GE -> a >= b ? 1 : 0;
      case LT -> a < b ? 1 : 0;
      case LE -> a <= b ? 1 : 0;
      case OR, AND, UNLESS -> throw new IllegalStateException(op + " is no operator on numbers");
    };
  }

  private static Value withNumber(
      BinaryOp op, boolean bool, List<StepSeries> series, double number, boolean seriesLeft) {
    var result = new ArrayList<StepSeries>();
    for (StepSeries each : series) {
      StepSeries out = StepSeries.empty(each.labels(), each.values().length);
      for (int step = 0; step < each.values().length; step++) {
        double value = each.values()[step];
        if (each.present()[step]) {
          double computed = seriesLeft ? compute(op, value, number) : compute(op, number, value);
          if (!op.isComparison() || bool) {
            out.set(step, computed);
          } else if (computed != 0) {
            out.set(step, value);
          }
        }
      }
      if (out.points() > 0) {
        result.add(out);
      }
    }
    return new Value.Many(result);
  }

  private static Labels signature(Labels labels, Matching matching) {
    if (matching.on()) {
      var kept = Labels.EMPTY.toBuilder();
      matching.labels().forEach(name -> kept.set(name, labels.get(name)));
      return kept.build();
    }
    var rest = labels.toBuilder();
    matching.labels().forEach(rest::remove);
    return rest.build();
  }

  private static List<StepSeries> set(
      BinaryOp op, Matching matching, List<StepSeries> left, List<StepSeries> right, int steps) {
    Map<Labels, boolean[]> there = new HashMap<>();
    for (StepSeries each : op == BinaryOp.OR ? left : right) {
      boolean[] steady =
          there.computeIfAbsent(signature(each.labels(), matching), k -> new boolean[steps]);
      for (int step = 0; step < steps; step++) {
        steady[step] |= each.present()[step];
      }
    }
    var result = new ArrayList<StepSeries>();
    if (op == BinaryOp.OR) {
      result.addAll(left);
    }
    for (StepSeries each : op == BinaryOp.OR ? right : left) {
      boolean[] other = there.getOrDefault(signature(each.labels(), matching), new boolean[steps]);
      StepSeries out = StepSeries.empty(each.labels(), steps);
      for (int step = 0; step < steps; step++) {
        if (each.present()[step] && other[step] == (op == BinaryOp.AND)) {
          out.set(step, each.values()[step]);
        }
      }
      if (out.points() > 0) {
        result.add(out);
      }
    }
    return result;
  }

  private static List<StepSeries> matched(
      BinaryOp op, Matching matching, List<StepSeries> left, List<StepSeries> right, int steps) {
    boolean swapped = matching.card() == Matching.Card.ONE_TO_MANY;
    List<StepSeries> many = swapped ? right : left;
    Map<Labels, List<StepSeries>> ones = new HashMap<>();
    for (StepSeries each : swapped ? left : right) {
      ones.computeIfAbsent(signature(each.labels(), matching), k -> new ArrayList<>()).add(each);
    }
    Map<Labels, StepSeries> results = new HashMap<>();
    var result = new ArrayList<StepSeries>();
    for (StepSeries each : many) {
      for (StepSeries one : ones.getOrDefault(signature(each.labels(), matching), List.of())) {
        Labels labels = resultLabels(each.labels(), one.labels(), matching);
        StepSeries out = results.get(labels);
        if (out == null) {
          out = StepSeries.empty(labels, steps);
          results.put(labels, out);
          result.add(out);
        }
        join(op, matching.bool(), swapped ? one : each, swapped ? each : one, out, swapped);
      }
    }
    return result.stream().filter(each -> each.points() > 0).toList();
  }

  private static void join(
      BinaryOp op,
      boolean bool,
      StepSeries left,
      StepSeries right,
      StepSeries out,
      boolean swapped) {
    for (int step = 0; step < out.values().length; step++) {
      if (!left.present()[step] || !right.present()[step]) {
        continue;
      }
      if (out.present()[step]) {
        throw new QueryException(
            new QueryError.Execution(
                "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)"
                    + " and the labels of its results unique, here "
                    + out.labels()));
      }
      double computed = compute(op, left.values()[step], right.values()[step]);
      if (!op.isComparison() || bool) {
        out.set(step, computed);
      } else if (computed != 0) {
        out.set(step, swapped ? right.values()[step] : left.values()[step]);
      }
    }
  }

  private static Labels resultLabels(Labels many, Labels one, Matching matching) {
    if (matching.card() == Matching.Card.ONE_TO_ONE) {
      return signature(many, matching);
    }
    var labels = many.toBuilder();
    matching.include().forEach(name -> labels.set(name, one.get(name)));
    return labels.build();
  }
}
