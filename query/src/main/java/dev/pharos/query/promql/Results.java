package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.Grouping;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs an expression and makes its result out of what the operators yield.
final class Results {
  private static final @Nullable FloatHistogram[] NONE = new FloatHistogram[0];

  private final Evaluation run;
  private final Planner planner;
  private final StepGrid grid;

  Results(Evaluation run) {
    this.run = run;
    this.planner = new Planner(run);
    this.grid = run.grid();
  }

  PromResult of(Expr expr) {
    return switch (expr.type()) {
      case STRING -> new PromResult.Text(grid.start(), CallPlanner.text(expr));
      case MATRIX -> new PromResult.Matrix(rawRange(expr));
      case SCALAR -> scalar(planner.scalar(expr, grid));
      case VECTOR -> vector(planner.vector(expr, grid).drain());
    };
  }

  private PromResult scalar(double[] values) {
    if (run.instant()) {
      return new PromResult.Scalar(grid.start(), values[0]);
    }
    long[] millis = new long[values.length];
    Arrays.setAll(millis, grid::time);
    return new PromResult.Matrix(
        List.of(new PromResult.Points(Labels.EMPTY, values.length, millis, values, NONE)));
  }

  private PromResult vector(List<StepSeries> series) {
    List<StepSeries> merged = Merge.merge(series.stream().map(Results::named).toList());
    List<PromResult.Points> points = new ArrayList<>(merged.size());
    for (StepSeries one : merged) {
      PromResult.Points some = points(one);
      if (some.count() > 0) {
        points.add(some);
      }
    }
    if (run.instant()) {
      return new PromResult.Vector(points);
    }
    points.sort(Comparator.comparing(PromResult.Points::labels));
    return new PromResult.Matrix(points);
  }

  private static StepSeries named(StepSeries series) {
    return series.dropName() ? series.with(Grouping.withoutName(series.labels()), false) : series;
  }

  private PromResult.Points points(StepSeries series) {
    int steps = series.steps();
    long[] millis = new long[steps];
    double[] values = new double[steps];
    @Nullable FloatHistogram[] histograms =
        series.hasHistograms() ? new FloatHistogram[steps] : NONE;
    int n = 0;
    for (int i = 0; i < steps; i++) {
      FloatHistogram histogram = series.histogram(i);
      if (histogram == null && !series.hasFloat(i)) {
        continue;
      }
      millis[n] = grid.time(i);
      values[n] = histogram == null ? series.values()[i] : 0;
      if (histogram != null) {
        histograms[n] = histogram;
      }
      n++;
    }
    return new PromResult.Points(series.labels(), n, millis, values, histograms);
  }

  private List<PromResult.Points> rawRange(Expr expr) {
    RangeSource source = planner.range(expr, grid);
    long end = source.shift().last(grid);
    long start = end - source.rangeMillis();
    List<PromResult.Points> all = new ArrayList<>();
    Set<Labels> seen = new HashSet<>();
    for (RangeSource.RawSeries raw : source.all()) {
      SampleColumn samples = raw.samples();
      int from = 0;
      while (from < samples.count() && samples.millis()[from] <= start) {
        from++;
      }
      int to = samples.count();
      while (to > from && samples.millis()[to - 1] > end) {
        to--;
      }
      if (from == to) {
        continue;
      }
      run.charge(to - from);
      Labels labels = raw.dropName() ? Grouping.withoutName(raw.labels()) : raw.labels();
      if (!seen.add(labels)) {
        throw Evaluation.failure("vector cannot contain metrics with the same labelset");
      }
      all.add(
          new PromResult.Points(
              labels,
              to - from,
              Arrays.copyOfRange(samples.millis(), from, to),
              Arrays.copyOfRange(samples.values(), from, to),
              samples.hasHistograms() ? Arrays.copyOfRange(samples.histograms(), from, to) : NONE));
    }
    all.sort(Comparator.comparing(PromResult.Points::labels));
    return all;
  }
}
