package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.model.text.NumberText;
import dev.pharos.query.matrix.AggregateOperator;
import dev.pharos.query.matrix.CountValues;
import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.Folds;
import dev.pharos.query.matrix.Grouping;
import dev.pharos.query.matrix.HistogramMath;
import dev.pharos.query.matrix.Notes;
import dev.pharos.query.matrix.ScalarBinary;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.SetOperation;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import dev.pharos.query.matrix.TopK;
import dev.pharos.query.matrix.VectorBinary;
import dev.pharos.store.read.Matcher;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Turns an expression into operators on a grid of steps.
final class Planner {
  private final Evaluation run;
  private final ScalarPlanner scalars;
  private final CallPlanner calls;
  private boolean detectResets;

  Planner(Evaluation run) {
    this.run = run;
    this.scalars = new ScalarPlanner(run, this);
    this.calls = new CallPlanner(run, this);
  }

  /// Plans with selectors that find counter resets of histograms as they read.
  SeriesOperator detectingResets(Supplier<SeriesOperator> plan) {
    boolean before = detectResets;
    detectResets = true;
    try {
      return plan.get();
    } finally {
      detectResets = before;
    }
  }

  double[] scalar(Expr expr, StepGrid grid) {
    return scalars.evaluate(expr, grid);
  }

  /// The operator of an instant-vector expression.
  SeriesOperator vector(Expr expr, StepGrid grid) {
    if (grid.count() == 0) {
      return SeriesOperator.of(List.of());
    }
    if (grid.count() > 1 && Invariance.of(expr)) {
      return replicate(vector(expr, StepGrid.at(grid.start())), grid.count());
    }
    SeriesOperator operator = operator(expr, grid);
    if (run.options().delayedNameRemoval() || !MetricNames.mayCollide(expr)) {
      return operator;
    }
    boolean overRange =
        expr instanceof Expr.Call c && c.function().arguments().contains(ValueType.MATRIX);
    return overRange ? Merge.distinct(operator) : Merge.sameLabels(operator);
  }

  private SeriesOperator operator(Expr expr, StepGrid grid) {
    return switch (expr) {
      case Expr.Paren p -> vector(p.inner(), grid);
      case Expr.VectorSelector v ->
          v.edges() == Expr.Edges.SMOOTHED
              ? SmoothedSelector.of(run, v, grid)
              : InstantSelector.of(run, v, grid, false, detectResets);
      case Expr.Unary u ->
          u.negative() ? negate(vector(u.operand(), grid)) : vector(u.operand(), grid);
      case Expr.Binary b -> binary(b, grid);
      case Expr.Aggregate a -> aggregate(a, grid);
      case Expr.Call c -> calls.vector(c, grid);
      case Expr.NumberLiteral n -> throw notVector(expr);
      case Expr.StringLiteral s -> throw notVector(expr);
      case Expr.MatrixSelector m -> throw notVector(expr);
      case Expr.Subquery s -> throw notVector(expr);
    };
  }

  private static IllegalStateException notVector(Expr expr) {
    return new IllegalStateException("not an instant vector: " + Printer.print(expr));
  }

  /// The series of a range-vector expression for windows on `grid`.
  RangeSource range(Expr expr, StepGrid grid) {
    return switch (Expr.unwrap(expr)) {
      case Expr.MatrixSelector m -> {
        TimeShift shift = run.shift(m.selector().at(), m.selector().offset());
        long range = run.millis(m.range(), true);
        List<Matcher> matchers = Matchers.compile(m.selector().matchers());
        Expr.Edges edges = m.selector().edges();
        long lookback = run.options().lookbackMillis();
        long from = shift.first(grid) - range + 1 - (edges == Expr.Edges.NONE ? 0 : lookback);
        long to = shift.last(grid) + (edges == Expr.Edges.SMOOTHED ? lookback : 0);
        yield new RangeSource(
            shift,
            range,
            new RangeSource.Stored(() -> run.select(matchers, from, to), detectResets));
      }
      case Expr.Subquery s -> {
        TimeShift shift = run.shift(s.at(), s.offset());
        long range = run.millis(s.range(), true);
        long step =
            s.step().map(d -> run.millis(d, true)).orElse(run.options().subqueryStepMillis());
        StepGrid inner = RangeSource.subqueryGrid(shift, grid, range, step);
        yield new RangeSource(
            shift, range, new RangeSource.Computed(vector(s.inner(), inner), inner));
      }
      default -> throw new IllegalStateException("not a range vector: " + Printer.print(expr));
    };
  }

  private static SeriesOperator replicate(SeriesOperator input, int steps) {
    return () ->
        input
            .next()
            .map(
                one -> {
                  StepSeries all =
                      StepSeries.empty(one.labels(), steps).with(one.labels(), one.dropName());
                  for (int i = 0; i < steps; i++) {
                    all.copyPoint(i, one, 0);
                  }
                  return all;
                });
  }

  private SeriesOperator negate(SeriesOperator input) {
    return () ->
        input
            .next()
            .map(
                series -> {
                  for (int i = 0; i < series.steps(); i++) {
                    FloatHistogram histogram = series.histogram(i);
                    if (histogram != null) {
                      series.setHistogram(i, HistogramMath.multiply(histogram, -1));
                    } else if (series.hasFloat(i)) {
                      series.values()[i] = -series.values()[i];
                    }
                  }
                  return run.dropName(series);
                });
  }

  private SeriesOperator binary(Expr.Binary b, StepGrid grid) {
    Notes notes = run.notes(b);
    boolean leftScalar = b.left().type() == ValueType.SCALAR;
    if (leftScalar || b.right().type() == ValueType.SCALAR) {
      double[] scalar = scalar(leftScalar ? b.left() : b.right(), grid);
      SeriesOperator vector = vector(leftScalar ? b.right() : b.left(), grid);
      SeriesOperator result = ScalarBinary.of(vector, scalar, leftScalar, b.op(), b.bool(), notes);
      boolean drops = b.bool() || b.op().changesMeaning();
      return () -> {
        Optional<StepSeries> next = result.next();
        while (next.isPresent() && next.get().isEmpty()) {
          next = result.next();
        }
        return drops ? next.map(run::dropName) : next;
      };
    }
    SeriesOperator left = vector(b.left(), grid);
    SeriesOperator right = vector(b.right(), grid);
    if (b.op().isSet()) {
      return SetOperation.of(b.op(), left, right, Grouping.of(b.matching()));
    }
    VectorBinary.Operation operation =
        new VectorBinary.Operation(
            b.op(),
            b.bool(),
            b.matching(),
            b.fillLeft(),
            b.fillRight(),
            !run.options().delayedNameRemoval());
    return VectorBinary.of(operation, left, right, grid.count(), notes);
  }

  private SeriesOperator aggregate(Expr.Aggregate a, StepGrid grid) {
    Notes notes = run.notes(a);
    int steps = grid.count();
    Grouping grouping = grouping(a);
    boolean keeps =
        switch (a.op()) {
          case SUM, AVG, MIN, MAX, COUNT, GROUP, STDDEV, STDVAR -> false;
          case TOPK, BOTTOMK, QUANTILE, COUNT_VALUES, LIMITK, LIMIT_RATIO -> true;
        };
    SeriesOperator operand = below(a).vector(a.operand(), grid);
    SeriesOperator input = keeps ? operand : run.passing(operand);
    return switch (a.op()) {
      case SUM -> AggregateOperator.of(input, grouping, Folds.sum(steps, run.notes(a.operand())));
      case AVG ->
          AggregateOperator.of(input, grouping, Folds.average(steps, run.notes(a.operand())));
      case MIN -> AggregateOperator.of(input, grouping, Folds.min(steps, run.notes(a.operand())));
      case MAX -> AggregateOperator.of(input, grouping, Folds.max(steps, run.notes(a.operand())));
      case COUNT -> AggregateOperator.of(input, grouping, Folds.count(steps));
      case GROUP -> AggregateOperator.of(input, grouping, Folds.ones(steps));
      case STDDEV ->
          AggregateOperator.of(input, grouping, Folds.deviation(steps, run.notes(a.operand())));
      case STDVAR ->
          AggregateOperator.of(input, grouping, Folds.variance(steps, run.notes(a.operand())));
      case QUANTILE -> {
        double[] phi = parameter(a, grid);
        warnQuantile(phi, run.notes(a.parameter().orElseThrow()));
        yield AggregateOperator.of(input, grouping, Folds.quantile(phi, run.notes(a.operand())));
      }
      case TOPK, BOTTOMK ->
          TopK.of(
              input,
              grouping,
              a.op() == AggregateOp.TOPK,
              counts(parameter(a, grid)),
              run.notes(a.operand()));
      case COUNT_VALUES -> CountValues.of(input, grouping, countLabel(a));
      case LIMITK -> SampleLimits.first(input, grouping, counts(parameter(a, grid)));
      case LIMIT_RATIO ->
          SampleLimits.ratio(
              input, ratios(parameter(a, grid), run.notes(a.parameter().orElseThrow())));
    };
  }

  /// Plans the operand of an aggregation: its series show the attributes of the Resource that the aggregation, or one
  /// around it, groups by.
  private Planner below(Expr.Aggregate a) {
    Set<String> names = new HashSet<>(run.resourceLabels());
    if (a.without() || !names.addAll(ResourceLabelled.namesIn(a.grouping()))) {
      return this;
    }
    Planner planner = new Planner(run.withResourceLabels(Set.copyOf(names)));
    planner.detectResets = detectResets;
    return planner;
  }

  private double[] parameter(Expr.Aggregate a, StepGrid grid) {
    return scalar(a.parameter().orElseThrow(), grid);
  }

  static void warnQuantile(double[] phi, Notes notes) {
    for (double q : phi) {
      if (Double.isNaN(q) || q < 0 || q > 1) {
        notes.warn("quantile value should be between 0 and 1, got " + NumberText.general(q));
      }
    }
  }

  private static Grouping grouping(Expr.Aggregate a) {
    if (!a.without()) {
      return new Grouping(true, Set.copyOf(a.grouping()));
    }
    Set<String> names = new HashSet<>(a.grouping());
    names.addAll(Grouping.METADATA);
    return new Grouping(false, Set.copyOf(names));
  }

  private static long[] counts(double[] values) {
    long[] counts = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      if (Double.isNaN(value)) {
        throw Evaluation.failure("Parameter value is NaN");
      }
      if (!(value > -0x1p63)) {
        throw Evaluation.failure("Scalar value " + NumberText.general(value) + " underflows int64");
      }
      if (value >= 0x1p63) {
        throw Evaluation.failure("Scalar value " + NumberText.general(value) + " overflows int64");
      }
      counts[i] = (long) value;
    }
    return counts;
  }

  private static double[] ratios(double[] values, Notes notes) {
    double[] ratios = values.clone();
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        throw Evaluation.failure("Ratio value is NaN");
      }
      ratios[i] = Math.max(-1, Math.min(1, values[i]));
      if (ratios[i] != values[i]) {
        notes.warn(
            "ratio value should be between -1 and 1, got "
                + NumberText.general(values[i])
                + ", capping to "
                + NumberText.general(ratios[i]));
      }
    }
    return ratios;
  }

  private static String countLabel(Expr.Aggregate a) {
    String label = CallPlanner.text(a.parameter().orElseThrow());
    if (label.isEmpty() || Quoting.hasStrayBytes(label)) {
      throw Evaluation.failure("invalid label name " + Quoting.quote(label));
    }
    return label;
  }

  /// A vector without labels that has the scalar's value.
  static SeriesOperator constant(double[] values) {
    return SeriesOperator.of(
        List.of(StepSeries.of(Labels.EMPTY, Arrays.copyOf(values, values.length))));
  }
}
