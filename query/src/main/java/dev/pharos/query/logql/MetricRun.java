package dev.pharos.query.logql;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.pharos.model.Labels;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.logql.syntax.RangeFunction;
import dev.pharos.query.matrix.Annotations;
import dev.pharos.query.matrix.Notes;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.Scan;
import java.util.ArrayList;
import java.util.List;

/// Evaluates a metric plan over a grid. One thread, one query.
final class MetricRun {
  /// What an operator gives: one number, or series.
  sealed interface Value {
    record One(double value) implements Value {}

    record Many(List<StepSeries> series) implements Value {}
  }

  private final LogReader reader;
  private final ScanPool pool;
  private final QueryContext context;
  private final StepGrid grid;
  private final KnownResources resources;

  /// Of histograms, which nothing here has.
  private final Notes notes = new Notes(new Annotations(), "");

  private long lines;
  private long bytes;

  MetricRun(
      LogReader reader,
      ScanPool pool,
      QueryContext context,
      StepGrid grid,
      KnownResources resources) {
    this.reader = reader;
    this.pool = pool;
    this.context = context;
    this.grid = grid;
    this.resources = resources;
  }

  Value run(MetricPlan plan) {
    return switch (plan) {
      case MetricPlan.Number n -> new Value.One(n.value());
      case MetricPlan.Constant c ->
          new Value.Many(List.of(StepSeries.constant(Labels.EMPTY, c.value(), grid.count())));
      case MetricPlan.Lines l -> new Value.Many(lines(l));
      case MetricPlan.Aggregate a ->
          new Value.Many(Aggregation.run(a, series(run(a.inner())), grid.count(), notes));
      case MetricPlan.Combine c ->
          Combination.run(c, run(c.left()), run(c.right()), grid.count(), notes);
      case MetricPlan.Relabel r -> new Value.Many(relabel(r));
    };
  }

  List<StepSeries> series(Value value) {
    return switch (value) {
      case Value.One(double number) ->
          List.of(StepSeries.constant(Labels.EMPTY, number, grid.count()));
      case Value.Many(List<StepSeries> series) -> series;
    };
  }

  private List<StepSeries> lines(MetricPlan.Lines plan) {
    var counter = new WindowCounter(context, grid, plan);
    if (plan.rangeNanos() > 0) {
      LogqlResult.Stats stats = scan(plan, counter);
      lines += stats.lines();
      bytes += stats.bytes();
    }
    List<StepSeries> counted = counter.result(plan.function());
    return plan.function() == RangeFunction.ABSENT_OVER_TIME ? absent(plan, counted) : counted;
  }

  private LogqlResult.Stats scan(MetricPlan.Lines plan, WindowCounter counter) {
    if (CountedScan.mayAnswer(plan)) {
      return new CountedScan(reader, pool, context, plan.lines(), resources).run(counter);
    }
    var scan = new LogScan(reader, pool, context, plan.lines());
    scan.run(counter.fromNanos(), counter.toNanos(), Scan.Order.OLDEST_FIRST, false, counter);
    return scan.stats();
  }

  /// 1 where no line is, under the labels that the selector fixes.
  private List<StepSeries> absent(MetricPlan.Lines plan, List<StepSeries> counted) {
    var labels = Labels.EMPTY.toBuilder();
    for (var matcher : plan.matchers()) {
      if (matcher.op() == dev.pharos.query.logql.syntax.Matcher.Op.EQUAL) {
        labels.set(matcher.name(), matcher.value());
      }
    }
    StepSeries result = StepSeries.empty(labels.build(), grid.count());
    for (int step = 0; step < grid.count(); step++) {
      if (counted.isEmpty() || !counted.getFirst().hasFloat(step)) {
        result.setFloat(step, 1);
      }
    }
    return result.isEmpty() ? List.of() : List.of(result);
  }

  private List<StepSeries> relabel(MetricPlan.Relabel plan) {
    Pattern pattern = Pattern.compile("^(?:" + plan.regex() + ")$");
    var result = new ArrayList<StepSeries>();
    for (StepSeries each : series(run(plan.inner()))) {
      Matcher matcher = pattern.matcher(each.labels().get(plan.source()));
      if (matcher.find()) {
        String value =
            matcher.replaceFirst(plan.replacement().replaceAll("\\$\\{(\\w+)}", "\\$$1"));
        result.add(each.with(each.labels().toBuilder().set(plan.target(), value).build(), false));
      } else {
        result.add(each);
      }
    }
    return result;
  }

  LogqlResult.Stats stats() {
    return new LogqlResult.Stats(lines, bytes);
  }
}
