package dev.pharos.insight;

import dev.pharos.insight.change.Aspect;
import dev.pharos.insight.change.Course;
import dev.pharos.insight.change.Departure;
import dev.pharos.insight.change.Rates;
import dev.pharos.insight.change.SameHours;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// One series beside its own normal.
///
/// @param errors absent where there are too few columns to tell, as `durations`
/// @param rates of calls, those of the first minute and of the last seconds left out
/// @param goneColumn since which there are no calls although there should be; -1 otherwise
/// @param youngColumn since which calls may be slow because an instance has just started; none of the columns otherwise
record Assessment(
    Timeline timeline,
    Series series,
    Optional<Course<Departure.Errors>> errors,
    Optional<Course<Departure.Longer>> durations,
    Rates rates,
    int goneColumn,
    int youngColumn) {
  /// Columns of calls that a course needs.
  private static final int LEAST_COLUMNS = 6;

  /// Columns without calls after which something is gone.
  private static final int GONE_COLUMNS = 3;

  /// Calls that should have come in that time, at least.
  private static final double GONE_CALLS = 15;

  private static final double GONE_SCORE = 6;

  private static final long STARTING_NANOS = 60_000_000_000L;

  /// How late spans come at most.
  private static final long UNDER_WAY_NANOS = 20_000_000_000L;

  /// How many times slower calls must be, and what share of them, to be told while an instance is young.
  private static final double YOUNG_FACTOR = 3;

  private static final double YOUNG_SHARE = 0.2;

  /// By the series alone.
  static Assessment of(Timeline timeline, Series series) {
    return of(timeline, series, series, timeline.columns(), List.of());
  }

  /// @param settled the series without calls of instances that have only just started
  /// @param days the same hours of earlier days, the last first
  static Assessment of(
      Timeline timeline, Series series, Series settled, int youngColumn, Iterable<Earlier> days) {
    int to = timeline.dataColumns();
    int from = Math.min(settled.first(), to);
    if (to - from < LEAST_COLUMNS) {
      return new Assessment(
          timeline, series, Optional.empty(), Optional.empty(), Rates.NONE, -1, youngColumn);
    }
    return new Assessment(
        timeline,
        settled,
        Optional.of(course(Aspect.ERRORS, timeline, settled, from, days)),
        Optional.of(course(Aspect.DURATIONS, timeline, settled, from, days)),
        rates(timeline, series, from, to),
        gone(series, from, to),
        youngColumn);
  }

  /// The same of a service that may be called as often as its callers like.
  Assessment whateverTheRate() {
    return new Assessment(timeline, series, errors, durations, Rates.NONE, -1, youngColumn);
  }

  /// The first minute of a service and what may still be under way are no whole columns of calls.
  private static Rates rates(Timeline timeline, Series series, int from, int to) {
    int first = from == 0 ? 0 : from + (int) Math.ceilDiv(STARTING_NANOS, timeline.unitNanos());
    int last = to - (int) Math.ceilDiv(UNDER_WAY_NANOS, timeline.unitNanos());
    return Rates.of(series.calls(), first, Math.max(first, last), timeline.unitNanos());
  }

  private static <D extends Departure> Course<D> course(
      Aspect<D> aspect, Timeline timeline, Series series, int from, Iterable<Earlier> days) {
    Course<D> course = Course.of(aspect, series, from, timeline.dataColumns());
    return SameHours.judged(course, aspect, series, timeline, days);
  }

  private static int gone(Series series, int from, int to) {
    int last = to - 1;
    while (last > from && series.calls()[last] == 0) {
      last--;
    }
    int silent = to - 1 - last;
    double rate = (double) series.sum(from, last + 1).calls() / (last + 1 - from);
    return silent >= GONE_COLUMNS && silent * rate >= GONE_CALLS ? last + 1 : -1;
  }

  Optional<Departure.Errors> moreErrors() {
    return errors.flatMap(Course::departure);
  }

  Optional<Departure.Longer> longer() {
    return durations.flatMap(
        course ->
            course
                .departure()
                .filter(
                    longer ->
                        course.since() < youngColumn
                            || longer.factor() >= YOUNG_FACTOR && longer.more() >= YOUNG_SHARE));
  }

  boolean isGone() {
    return goneColumn >= 0;
  }

  /// Whether errors are what to tell first.
  boolean isByErrors() {
    double failed = moreErrors().map(Departure::touched).orElse(0.0);
    double slow = longer().map(Departure::touched).orElse(0.0);
    return failed > 0 && failed >= slow / 2;
  }

  boolean isAway() {
    return departure().isPresent() || isGone();
  }

  /// The course of what to tell first.
  Optional<? extends Course<? extends Departure>> course() {
    return isByErrors() ? errors : durations;
  }

  Optional<? extends Departure> departure() {
    return isByErrors() ? moreErrors() : longer();
  }

  int sinceColumn() {
    return isGone() ? goneColumn : course().map(Course::since).orElse(0);
  }

  Away away(Optional<Away.Cause> why) {
    Set<Away.Kind> in = EnumSet.noneOf(Away.Kind.class);
    double score = 0;
    long since = Long.MAX_VALUE;
    if (moreErrors().isPresent()) {
      in.add(Away.Kind.ERRORS);
      score = Math.max(score, moreErrors().get().score());
      since = Math.min(since, timeline.nanos(errors.orElseThrow().since()));
    }
    if (longer().isPresent()) {
      in.add(Away.Kind.DURATION);
      score = Math.max(score, longer().get().score());
      since = Math.min(since, timeline.nanos(durations.orElseThrow().since()));
    }
    if (isGone()) {
      in.add(Away.Kind.GONE);
      score = Math.max(score, GONE_SCORE);
      since = Math.min(since, timeline.nanos(goneColumn));
    }
    return in.isEmpty() ? Away.NO : new Away(score, in, OptionalLong.of(since), why);
  }

  /// The calls that count as normal: of what it departs in, else those before the last stretch of durations.
  Optional<Figures> was() {
    return course()
        .filter(course -> !course.normal().isEmpty())
        .map(
            course -> {
              int columns =
                  course.normal().stream().mapToInt(each -> each.to() - each.from()).sum();
              return Figures.of(course.usual(series), timeline.seconds(columns));
            });
  }
}
