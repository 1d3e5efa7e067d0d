package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.model.Tenant;
import dev.pharos.query.QueryContext;
import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;
import dev.pharos.query.ScanPool;
import dev.pharos.query.matrix.Annotations;
import dev.pharos.query.matrix.Grouping;
import dev.pharos.query.matrix.Notes;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.Series;
import dev.pharos.store.read.SeriesReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// One run of one query: what all its operators share.
///
/// @param grid the steps of the whole query, not of a subquery
/// @param stepMillis the query's step, 0 for an instant query
/// @param held samples held so far
/// @param charged the most samples held at a time so far, for which memory is reserved
/// @param resourceLabels quoted names of attributes of the Resource that selected series show as labels
record Evaluation(
    String query,
    PromOptions options,
    SeriesReader reader,
    QueryContext context,
    Tenant tenant,
    StepGrid grid,
    long stepMillis,
    Annotations annotations,
    AtomicLong held,
    AtomicLong charged,
    ScanPool pool,
    Set<String> resourceLabels) {
  /// A value; times are the grid's.
  private static final int POINT_BYTES = 8;

  boolean instant() {
    return stepMillis == 0;
  }

  Notes notes(Expr expr) {
    return new Notes(annotations, expr.span().position(query));
  }

  /// The same run for operands below an aggregation by such names.
  Evaluation withResourceLabels(Set<String> names) {
    return new Evaluation(
        query,
        options,
        reader,
        context,
        tenant,
        grid,
        stepMillis,
        annotations,
        held,
        charged,
        pool,
        names);
  }

  /// The series of a selector, in the order of their own labels.
  List<Series> select(List<Matcher> matchers, long fromMillis, long toMillis) {
    List<Series> series = reader.select(tenant, matchers, fromMillis, toMillis);
    return resourceLabels.isEmpty()
        ? series
        : series.stream().map(one -> ResourceLabelled.of(one, resourceLabels)).toList();
  }

  /// Counts samples that the query holds from now on, and sees whether it may go on.
  void charge(long samples) {
    context.check();
    long now = held.addAndGet(samples);
    long before = charged.getAndAccumulate(now, Math::max);
    if (now > before) {
      context.reserve((now - before) * POINT_BYTES);
    }
    if (now > options.maxSamples()) {
      throw new QueryException(
          new QueryError.Limit(
              "query processing would load too many samples into memory in query execution"));
    }
  }

  /// The series for an operator that keeps none of them: each is no longer counted once the next is asked for.
  SeriesOperator passing(SeriesOperator input) {
    long[] last = {0};
    return () -> {
      held.addAndGet(-last[0]);
      Optional<StepSeries> next = input.next();
      last[0] = next.isPresent() ? next.get().pointCount() : 0;
      return next;
    };
  }

  static QueryException failure(String message) {
    return new QueryException(new QueryError.Execution(message));
  }

  /// The series as an operation that changes the metric's meaning leaves it: its name goes now or at the end.
  StepSeries dropName(StepSeries series) {
    return options.delayedNameRemoval()
        ? series.with(series.labels(), true)
        : series.with(Grouping.withoutName(series.labels()), false);
  }

  /// Labels of a new series that an operation on `labels` makes.
  Labels renamed(Labels labels) {
    return options.delayedNameRemoval() ? labels : Grouping.withoutName(labels);
  }

  long millis(DurationExpr duration, boolean positive) {
    double seconds =
        DurationExpr.seconds(duration, stepMillis, instant() ? 0 : grid.end() - grid.start());
    String place = duration.span().position(query);
    if (Double.isNaN(seconds) || Math.abs(seconds) > Long.MAX_VALUE / 1e9) {
      throw failure(place + ": duration is out of range");
    }
    // Literals are exact milliseconds; arithmetic is cut off.
    long millis =
        duration instanceof DurationExpr.Literal
            ? Math.round(seconds * 1000)
            : (long) (seconds * 1000);
    if (positive && millis <= 0) {
      throw failure(place + ": duration must be greater than 0");
    }
    return millis;
  }

  TimeShift shift(Optional<Expr.At> at, Optional<DurationExpr> offset) {
    OptionalLong time = OptionalLong.empty();
    if (at.isPresent()) {
      time =
          OptionalLong.of(
              switch (at.get()) {
                case Expr.At.Timestamp t -> t.millis();
                case Expr.At.Start s -> grid.start();
                case Expr.At.End e -> grid.end();
              });
    }
    return new TimeShift(time, offset.map(o -> millis(o, false)).orElse(0L));
  }
}
