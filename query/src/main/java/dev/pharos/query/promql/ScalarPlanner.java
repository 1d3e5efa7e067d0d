package dev.pharos.query.promql;

import dev.pharos.query.matrix.Arithmetic;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import java.util.Arrays;
import java.util.Optional;

/// Computes scalar expressions: a number at each step.
final class ScalarPlanner {
  private final Evaluation run;
  private final Planner planner;

  ScalarPlanner(Evaluation run, Planner planner) {
    this.run = run;
    this.planner = planner;
  }

  double[] evaluate(Expr expr, StepGrid grid) {
    return switch (expr) {
      case Expr.NumberLiteral n -> constant(n.value(), grid);
      case Expr.Paren p -> evaluate(p.inner(), grid);
      case Expr.Unary u -> {
        double[] values = evaluate(u.operand(), grid);
        if (u.negative()) {
          Arrays.setAll(values, i -> -values[i]);
        }
        yield values;
      }
      case Expr.Binary b -> binary(b, grid);
      case Expr.Call c -> call(c, grid);
      case Expr.StringLiteral s -> throw notScalar(expr);
      case Expr.VectorSelector v -> throw notScalar(expr);
      case Expr.MatrixSelector m -> throw notScalar(expr);
      case Expr.Subquery s -> throw notScalar(expr);
      case Expr.Aggregate a -> throw notScalar(expr);
    };
  }

  private static IllegalStateException notScalar(Expr expr) {
    return new IllegalStateException("not a scalar: " + Printer.print(expr));
  }

  private static double[] constant(double value, StepGrid grid) {
    double[] values = new double[grid.count()];
    Arrays.fill(values, value);
    return values;
  }

  private double[] binary(Expr.Binary b, StepGrid grid) {
    double[] left = evaluate(b.left(), grid);
    double[] right = evaluate(b.right(), grid);
    for (int i = 0; i < left.length; i++) {
      left[i] =
          b.op().isComparison()
              ? (Arithmetic.compare(b.op(), left[i], right[i]) ? 1 : 0)
              : Arithmetic.apply(b.op(), left[i], right[i]);
    }
    return left;
  }

  private double[] call(Expr.Call c, StepGrid grid) {
    return switch (c.function()) {
      case PI -> constant(Math.PI, grid);
      case TIME -> {
        double[] values = new double[grid.count()];
        Arrays.setAll(values, i -> grid.time(i) / 1000.0);
        yield values;
      }
      case START -> constant(run.grid().start() / 1000.0, grid);
      case END -> constant(run.grid().end() / 1000.0, grid);
      case STEP -> constant(run.stepMillis() / 1000.0, grid);
      case RANGE -> constant((run.grid().end() - run.grid().start()) / 1000.0, grid);
      case MAX_OF -> extremum(c, grid, true);
      case MIN_OF -> extremum(c, grid, false);
      case SCALAR -> single(planner.vector(c.args().getFirst(), grid), grid);
      default -> throw notScalar(c);
    };
  }

  private double[] extremum(Expr.Call c, StepGrid grid, boolean max) {
    double[] left = evaluate(c.args().get(0), grid);
    double[] right = evaluate(c.args().get(1), grid);
    Arrays.setAll(
        left, i -> max ? Arithmetic.max(left[i], right[i]) : Arithmetic.min(left[i], right[i]));
    return left;
  }

  /// The only number at each step, NaN where there is none or several.
  private static double[] single(SeriesOperator vector, StepGrid grid) {
    double[] values = constant(Double.NaN, grid);
    int[] seen = new int[grid.count()];
    for (Optional<StepSeries> next = vector.next(); next.isPresent(); next = vector.next()) {
      for (int i = 0; i < values.length; i++) {
        if (next.get().hasFloat(i)) {
          values[i] = ++seen[i] == 1 ? next.get().values()[i] : Double.NaN;
        }
      }
    }
    return values;
  }
}
