package dev.pharos.insight.change;

import dev.pharos.insight.Calls;
import dev.pharos.insight.Earlier;
import dev.pharos.insight.Series;
import dev.pharos.insight.Timeline;
import dev.pharos.insight.change.Course.Stretch;
import java.util.List;
import java.util.Optional;

/// Judges the course of a series by the same hours of earlier days.
///
/// **What came like this before is as usual.** A departure is none if on one of the days calls departed as well,
/// at the same time of the day within five minutes and for as long as they have now, and were no better then: a
/// batch of every night. Two faults of two days at the same minute are rarer than that.
///
/// **What was slow all the time may still be away.** Where a course has no departure, its last stretch is set
/// beside the same time of each day, and departs if it is plainly worse than all of them: days differ more than
/// minutes do. A level of less than five minutes is not asked that, since a program that has just started has not
/// found its own yet.
///
/// Days with less than a fifth of the calls that are compared say nothing. Stateless.
public final class SameHours {
  /// How far apart on two days the same thing may begin and end: what earlier days are read beyond the end, too.
  public static final long NEAR_NANOS = 5 * 60_000_000_000L;

  private static final long LEAST_STEADY_NANOS = NEAR_NANOS;
  private static final double LEAST_CALLS = 0.2;

  private SameHours() {}

  /// @param series that the course is of, in the columns of the timeline
  /// @param days the last first; asked for one by one, only as far as needed
  public static <D extends Departure> Course<D> judged(
      Course<D> course,
      Aspect<D> aspect,
      Series series,
      Timeline timeline,
      Iterable<Earlier> days) {
    Stretch last = course.stretches().getLast();
    if (course.departure().isEmpty()) {
      return timeline.nanos(last.to()) - timeline.nanos(last.from()) < LEAST_STEADY_NANOS
          ? course
          : besideDays(course, aspect, series, timeline, days);
    }
    long since = timeline.nanos(course.since());
    long end = timeline.nanos(last.to());
    Calls now = series.sum(course.since(), last.to());
    for (Earlier day : days) {
      if (wasAlike(aspect, day, since, end, now)) {
        return course.asUsual();
      }
    }
    return course;
  }

  /// Whether on that day calls departed at the same time, as long, and as much.
  private static <D extends Departure> boolean wasAlike(
      Aspect<D> aspect, Earlier day, long since, long end, Calls now) {
    long near = Math.max(NEAR_NANOS, day.columnNanos());
    List<Stretch> stretches = Course.stretches(aspect, day.series(), 0, day.series().columns());
    for (int i = 1; i < stretches.size(); i++) {
      if (Math.abs(day.nanos(stretches.get(i).from()) - since) <= near) {
        Calls usual =
            Course.sum(Course.normal(aspect, stretches.subList(0, i), Segmentation.LEAST_COLUMNS));
        int after = i;
        while (after < stretches.size()
            && aspect.between(usual, stretches.get(after).calls()).isPresent()) {
          after++;
        }
        if (after > i
            && day.nanos(stretches.get(after - 1).to()) >= end - near
            && aspect.between(Course.sum(stretches.subList(i, after)), now).isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  private static <D extends Departure> Course<D> besideDays(
      Course<D> course,
      Aspect<D> aspect,
      Series series,
      Timeline timeline,
      Iterable<Earlier> days) {
    Stretch last = course.stretches().getLast();
    Optional<D> departure = Optional.empty();
    int number = 0;
    int since = last.from();
    for (Earlier day : days) {
      Calls then = sum(day, last, timeline);
      if (then.calls() < LEAST_CALLS * last.calls().calls()) {
        continue;
      }
      Optional<D> found =
          aspect
              .between(then, last.calls())
              .filter(each -> aspect.isPlain(each) && Course.isMost(aspect, each, series, last));
      if (found.isEmpty()) {
        return course;
      }
      if (departure.isEmpty()) {
        departure = found;
        number = day.days();
        since =
            Course.since(
                course.stretches(),
                each -> aspect.between(sum(day, each, timeline), each.calls()).isPresent());
      }
    }
    return departure.isEmpty()
        ? course
        : new Course<>(course.stretches(), List.of(), departure, since, number);
  }

  private static Calls sum(Earlier day, Stretch stretch, Timeline timeline) {
    return day.sum(timeline.nanos(stretch.from()), timeline.nanos(stretch.to()));
  }
}
