package dev.pharos.query.logql;

import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.logql.MetricRun.Value;
import dev.pharos.query.logql.syntax.LogqlExpr.Matching;
import dev.pharos.query.matrix.Arithmetic;
import dev.pharos.query.matrix.BinaryOp;
import dev.pharos.query.matrix.Grouping;
import dev.pharos.query.matrix.MatchException;
import dev.pharos.query.matrix.Notes;
import dev.pharos.query.matrix.ScalarBinary;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.SetOperation;
import dev.pharos.query.matrix.StepSeries;
import dev.pharos.query.matrix.VectorBinary;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// An operator between two values: numbers, or series that find each other by their labels. Series that go in may be
/// changed. Stateless.
final class Combination {
  private Combination() {}

  static Value run(MetricPlan.Combine plan, Value left, Value right, int steps, Notes notes) {
    BinaryOp op = plan.op();
    return switch (left) {
      case Value.One(double a) ->
          switch (right) {
            case Value.One(double b) -> new Value.One(numbers(op, a, b));
            case Value.Many(List<StepSeries> series) -> {
              series.forEach(each -> markZeros(op, each.values()));
              yield withNumber(plan, series, a, true, steps, notes);
            }
          };
      case Value.Many(List<StepSeries> series) ->
          switch (right) {
            case Value.One(double b) -> withNumber(plan, series, b, false, steps, notes);
            case Value.Many(List<StepSeries> others) ->
                new Value.Many(vectors(plan, series, others, steps, notes));
          };
    };
  }

  /// Floating point throughout, also where it divides by zero; comparisons give 0 or 1.
  private static double numbers(BinaryOp op, double a, double b) {
    if (op.isComparison()) {
      return Arithmetic.compare(op, a, b) ? 1 : 0;
    }
    return Arithmetic.apply(op, a, b);
  }

  /// Makes zeros that are divided by no number, as what Loki's vectors divide by zero is.
  private static void markZeros(BinaryOp op, double[] right) {
    for (int i = 0; op == BinaryOp.DIVIDE && i < right.length; i++) {
      right[i] = right[i] == 0 ? Double.NaN : right[i];
    }
  }

  private static Value withNumber(
      MetricPlan.Combine plan,
      List<StepSeries> series,
      double number,
      boolean numberLeft,
      int steps,
      Notes notes) {
    var scalar = new double[steps];
    Arrays.fill(scalar, number);
    if (!numberLeft) {
      markZeros(plan.op(), scalar);
    }
    SeriesOperator result =
        ScalarBinary.of(
            SeriesOperator.of(series),
            scalar,
            numberLeft,
            plan.op(),
            plan.matching().bool(),
            notes);
    return new Value.Many(result.drain().stream().filter(each -> !each.isEmpty()).toList());
  }

  private static List<StepSeries> vectors(
      MetricPlan.Combine plan,
      List<StepSeries> left,
      List<StepSeries> right,
      int steps,
      Notes notes) {
    BinaryOp op = plan.op();
    Matching matching = plan.matching();
    var leftInput = SeriesOperator.of(left);
    var rightInput = SeriesOperator.of(right);
    if (op.isSet()) {
      return SetOperation.of(op, leftInput, rightInput, Grouping.of(matching.vectors())).drain();
    }
    right.forEach(each -> markZeros(op, each.values()));
    var operation =
        new VectorBinary.Operation(
            op,
            matching.bool(),
            matching.vectors(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            false);
    try {
      return VectorBinary.of(operation, leftInput, rightInput, steps, notes).drain();
    } catch (MatchException e) {
      throw new QueryException(new QueryError.Execution(String.valueOf(e.getMessage())));
    }
  }
}
