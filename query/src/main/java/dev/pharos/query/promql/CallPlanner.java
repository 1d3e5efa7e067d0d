package dev.pharos.query.promql;

import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;

/// Turns function calls that yield an instant vector into operators.
final class CallPlanner {
  private final Evaluation run;
  private final Planner planner;

  CallPlanner(Evaluation run, Planner planner) {
    this.run = run;
    this.planner = planner;
  }

  /// The value of a string argument.
  static String text(Expr expr) {
    if (Expr.unwrap(expr) instanceof Expr.StringLiteral s) {
      return s.value();
    }
    throw new IllegalStateException("not a string: " + Printer.print(expr));
  }

  private static List<String> texts(List<Expr> args, int from) {
    return args.subList(from, args.size()).stream().map(CallPlanner::text).toList();
  }

  private SeriesOperator argument(Expr.Call c, int i, StepGrid grid) {
    return planner.vector(c.args().get(i), grid);
  }

  private double[] scalar(Expr.Call c, int i, StepGrid grid) {
    return planner.scalar(c.args().get(i), grid);
  }

  SeriesOperator vector(Expr.Call c, StepGrid grid) {
    Optional<DoubleUnaryOperator> math = MathFunctions.of(c.function());
    if (math.isPresent()) {
      return MathFunctions.map(run, argument(c, 0, grid), math.get());
    }
    Optional<DoubleUnaryOperator> date = DateFunctions.of(c.function());
    if (date.isPresent()) {
      return date(c, grid, date.get());
    }
    if (c.function().arguments().contains(ValueType.MATRIX)) {
      return overRange(c, grid);
    }
    return switch (c.function()) {
      case VECTOR -> Planner.constant(scalar(c, 0, grid));
      case TIMESTAMP -> timestamp(c, grid);
      case ROUND -> {
        double[] to = c.args().size() > 1 ? scalar(c, 1, grid) : constant(1, grid);
        yield MathFunctions.map(run, argument(c, 0, grid), MathFunctions.round(to));
      }
      case CLAMP ->
          MathFunctions.map(
              run,
              argument(c, 0, grid),
              MathFunctions.clamp(scalar(c, 1, grid), scalar(c, 2, grid)));
      case CLAMP_MIN ->
          MathFunctions.map(
              run,
              argument(c, 0, grid),
              MathFunctions.clamp(scalar(c, 1, grid), constant(Double.POSITIVE_INFINITY, grid)));
      case CLAMP_MAX ->
          MathFunctions.map(
              run,
              argument(c, 0, grid),
              MathFunctions.clamp(constant(Double.NEGATIVE_INFINITY, grid), scalar(c, 1, grid)));
      case ABSENT -> AbsentFunctions.of(c.args().getFirst(), argument(c, 0, grid), grid.count());
      case LABEL_REPLACE -> {
        List<String> texts = texts(c.args(), 1);
        yield Merge.sameLabels(
            LabelFunctions.replace(
                argument(c, 0, grid), texts.get(0), texts.get(1), texts.get(2), texts.get(3)));
      }
      case LABEL_JOIN -> {
        List<String> texts = texts(c.args(), 1);
        yield Merge.sameLabels(
            LabelFunctions.join(
                argument(c, 0, grid), texts.get(0), texts.get(1), texts.subList(2, texts.size())));
      }
      case INFO -> {
        Expr base = c.args().getFirst();
        List<LabelMatch> selector =
            c.args().size() > 1 ? ((Expr.VectorSelector) c.args().get(1)).matchers() : List.of();
        yield new InfoOperator(run, grid, InfoOperator.shiftOf(run, base), selector)
            .of(planner.vector(base, grid));
      }
      case SORT, SORT_DESC, SORT_BY_LABEL, SORT_BY_LABEL_DESC -> sort(c, grid);
      default -> new HistogramPlanner(run, planner).vector(c, grid);
    };
  }

  private static double[] constant(double value, StepGrid grid) {
    double[] values = new double[grid.count()];
    Arrays.fill(values, value);
    return values;
  }

  private SeriesOperator date(Expr.Call c, StepGrid grid, DoubleUnaryOperator function) {
    if (!c.args().isEmpty()) {
      return MathFunctions.map(run, argument(c, 0, grid), function);
    }
    double[] values = new double[grid.count()];
    Arrays.setAll(values, i -> function.applyAsDouble(grid.time(i) / 1000.0));
    return Planner.constant(values);
  }

  private SeriesOperator timestamp(Expr.Call c, StepGrid grid) {
    if (Expr.unwrap(c.args().getFirst()) instanceof Expr.VectorSelector selector) {
      SeriesOperator times = InstantSelector.of(run, selector, grid, true, false);
      return () -> times.next().map(run::dropName);
    }
    SeriesOperator input = argument(c, 0, grid);
    return () ->
        input
            .next()
            .map(
                series -> {
                  StepSeries times = StepSeries.empty(series.labels(), grid.count());
                  for (int i = 0; i < grid.count(); i++) {
                    if (series.has(i)) {
                      times.values()[i] = grid.time(i) / 1000.0;
                    }
                  }
                  return run.dropName(times);
                });
  }

  private SeriesOperator sort(Expr.Call c, StepGrid grid) {
    SeriesOperator input = argument(c, 0, grid);
    if (!run.instant()) {
      run.notes(c)
          .warn("sort is ineffective for range queries since results are always ordered by labels");
      return byValue(c) ? withoutHistograms(input) : input;
    }
    if (grid.count() > 1) {
      return byValue(c) ? withoutHistograms(input) : input;
    }
    return switch (c.function()) {
      case SORT -> SortFunctions.byValue(input, false);
      case SORT_DESC -> SortFunctions.byValue(input, true);
      case SORT_BY_LABEL -> SortFunctions.byLabels(input, texts(c.args(), 1), false);
      default -> SortFunctions.byLabels(input, texts(c.args(), 1), true);
    };
  }

  private static boolean byValue(Expr.Call c) {
    return c.function() == PromFunction.SORT || c.function() == PromFunction.SORT_DESC;
  }

  private static SeriesOperator withoutHistograms(SeriesOperator input) {
    return () ->
        input
            .next()
            .map(
                series -> {
                  series.dropHistograms();
                  return series;
                });
  }

  private SeriesOperator overRange(Expr.Call c, StepGrid grid) {
    int at = c.function() == PromFunction.QUANTILE_OVER_TIME ? 1 : 0;
    Expr range = c.args().get(at);
    Expr.Edges edges =
        Expr.unwrap(range) instanceof Expr.MatrixSelector m
            ? m.selector().edges()
            : Expr.Edges.NONE;
    checkEdges(c.function(), edges);
    Supplier<WindowFunction> functions = windowFunctions(c, edges, grid);
    boolean keepName =
        c.function() == PromFunction.LAST_OVER_TIME || c.function() == PromFunction.FIRST_OVER_TIME;
    boolean counter = c.function() == PromFunction.RATE || c.function() == PromFunction.INCREASE;
    SeriesOperator result =
        WindowOperator.of(
            run,
            planner.range(range, grid),
            grid,
            new WindowOperator.Computation(functions, keepName, counter, run.notes(range)));
    return c.function() == PromFunction.ABSENT_OVER_TIME
        ? AbsentFunctions.of(Expr.unwrap(range), result, grid.count())
        : result;
  }

  private static void checkEdges(PromFunction function, Expr.Edges edges) {
    boolean change =
        function == PromFunction.RATE
            || function == PromFunction.INCREASE
            || function == PromFunction.DELTA;
    boolean counting = function == PromFunction.CHANGES || function == PromFunction.RESETS;
    if (edges == Expr.Edges.ANCHORED && !change && !counting) {
      throw Evaluation.failure(
          "anchored modifier can only be used with: changes, delta, increase, rate, resets - not "
              + "with "
              + function.word());
    }
    if (edges == Expr.Edges.SMOOTHED && !change) {
      throw Evaluation.failure(
          "smoothed modifier can only be used with: delta, increase, rate - not with "
              + function.word());
    }
  }

  private Supplier<WindowFunction> change(Expr.Edges edges, boolean counter, boolean perSecond) {
    long lookback = run.options().lookbackMillis();
    return edges == Expr.Edges.NONE
        ? () -> new CounterFunctions(counter, perSecond)
        : () -> new EdgeFunctions(counter, perSecond, edges == Expr.Edges.SMOOTHED, lookback);
  }

  /// Makes the functions of the threads that compute the call; what they share is computed here, once.
  private Supplier<WindowFunction> windowFunctions(Expr.Call c, Expr.Edges edges, StepGrid grid) {
    long anchor = edges == Expr.Edges.ANCHORED ? run.options().lookbackMillis() : 0;
    return switch (c.function()) {
      case RATE -> change(edges, true, true);
      case INCREASE -> change(edges, true, false);
      case DELTA -> change(edges, false, false);
      case IRATE -> () -> new LastPairFunctions(true);
      case IDELTA -> () -> new LastPairFunctions(false);
      case CHANGES -> () -> new ChangeFunctions(false, anchor);
      case RESETS -> () -> new ChangeFunctions(true, anchor);
      case SUM_OVER_TIME -> () -> new SumOverTime(false);
      case AVG_OVER_TIME -> () -> new SumOverTime(true);
      case MAX_OVER_TIME -> () -> WindowFunction.numbersOnly(new ExtremumOverTime(true));
      case MIN_OVER_TIME -> () -> WindowFunction.numbersOnly(new ExtremumOverTime(false));
      case COUNT_OVER_TIME -> () -> OverTime::count;
      case PRESENT_OVER_TIME, ABSENT_OVER_TIME -> () -> OverTime::present;
      case FIRST_OVER_TIME -> () -> OverTime::first;
      case LAST_OVER_TIME -> () -> OverTime::last;
      case STDDEV_OVER_TIME -> () -> WindowFunction.ofNumbers(OverTime::deviation);
      case STDVAR_OVER_TIME -> () -> WindowFunction.ofNumbers(OverTime::variance);
      case MAD_OVER_TIME -> () -> WindowFunction.ofNumbers(OverTime::medianDeviation);
      case TS_OF_FIRST_OVER_TIME -> () -> OverTime::timeOfFirst;
      case TS_OF_LAST_OVER_TIME -> () -> OverTime::timeOfLast;
      case TS_OF_MAX_OVER_TIME -> () -> WindowFunction.ofNumbers(OverTime::timeOfMax);
      case TS_OF_MIN_OVER_TIME -> () -> WindowFunction.ofNumbers(OverTime::timeOfMin);
      case QUANTILE_OVER_TIME -> {
        double[] phi = scalar(c, 0, grid);
        Planner.warnQuantile(phi, run.notes(c.args().getFirst()));
        yield () -> OverTime.quantile(phi);
      }
      case DERIV -> () -> WindowFunction.ofNumbers(Regression::derivative);
      case PREDICT_LINEAR -> {
        double[] seconds = scalar(c, 1, grid);
        yield () -> Regression.predict(seconds);
      }
      case DOUBLE_EXPONENTIAL_SMOOTHING -> {
        double[] level = scalar(c, 1, grid);
        double[] trend = scalar(c, 2, grid);
        yield () -> Regression.smoothing(level, trend);
      }
      default -> throw new IllegalStateException("not a function of a range: " + c.function());
    };
  }
}
