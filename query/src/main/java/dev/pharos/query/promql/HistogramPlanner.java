package dev.pharos.query.promql;

import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.NativeQuantile;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Turns calls of the `histogram_…` functions into operators.
final class HistogramPlanner {
  private final Evaluation run;
  private final Planner planner;

  HistogramPlanner(Evaluation run, Planner planner) {
    this.run = run;
    this.planner = planner;
  }

  SeriesOperator vector(Expr.Call c, StepGrid grid) {
    return switch (c.function()) {
      case HISTOGRAM_QUANTILE -> {
        double[] phi = quantile(c.args().get(0), grid);
        Expr operand = c.args().get(1);
        yield new HistogramFunctions(run, run.notes(operand))
            .quantiles(planner.vector(operand, grid), List.of(phi), Optional.empty());
      }
      case HISTOGRAM_QUANTILES -> {
        Expr operand = c.args().get(0);
        List<double[]> phis = new ArrayList<>();
        for (Expr phi : c.args().subList(2, c.args().size())) {
          phis.add(quantile(phi, grid));
        }
        yield new HistogramFunctions(run, run.notes(operand))
            .quantiles(
                planner.vector(operand, grid),
                phis,
                Optional.of(CallPlanner.text(c.args().get(1))));
      }
      case HISTOGRAM_FRACTION -> {
        Expr operand = c.args().get(2);
        yield new HistogramFunctions(run, run.notes(operand))
            .fractions(
                planner.vector(operand, grid),
                planner.scalar(c.args().get(0), grid),
                planner.scalar(c.args().get(1), grid));
      }
      case HISTOGRAM_COUNT -> map(statistics(c, grid), grid, FloatHistogram::count);
      case HISTOGRAM_SUM -> map(statistics(c, grid), grid, FloatHistogram::sum);
      case HISTOGRAM_AVG -> map(statistics(c, grid), grid, h -> h.sum() / h.count());
      case HISTOGRAM_STDVAR -> map(argument(c, grid), grid, NativeQuantile::variance);
      case HISTOGRAM_STDDEV ->
          map(argument(c, grid), grid, h -> Math.sqrt(NativeQuantile.variance(h)));
      default ->
          throw new QueryException(new QueryError.Unsupported("function " + c.function().word()));
    };
  }

  private SeriesOperator argument(Expr.Call c, StepGrid grid) {
    return planner.vector(c.args().getFirst(), grid);
  }

  /// The argument of a function that looks at count and sum alone, whose selectors find counter resets as they read.
  private SeriesOperator statistics(Expr.Call c, StepGrid grid) {
    return planner.detectingResets(() -> argument(c, grid));
  }

  private double[] quantile(Expr expr, StepGrid grid) {
    double[] phi = planner.scalar(expr, grid);
    Planner.warnQuantile(phi, run.notes(expr));
    return phi;
  }

  /// A number of each histogram; numbers have no result.
  private SeriesOperator map(
      SeriesOperator input, StepGrid grid, ToDoubleFunction<FloatHistogram> function) {
    return () -> {
      while (true) {
        Optional<StepSeries> next = input.next();
        if (next.isEmpty()) {
          return next;
        }
        if (!next.get().hasHistograms()) {
          continue;
        }
        StepSeries result = StepSeries.empty(next.get().labels(), grid.count());
        for (int i = 0; i < grid.count(); i++) {
          FloatHistogram histogram = next.get().histogram(i);
          if (histogram != null) {
            result.values()[i] = function.applyAsDouble(histogram);
          }
        }
        return Optional.of(run.dropName(result));
      }
    };
  }
}
