package dev.pharos.insight.change;

import dev.pharos.insight.Calls;
import dev.pharos.insight.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// The course of a series: its stretches, which of them are its normal, and whether the last one departs from it.
///
/// **Normal** is the level that is best for callers among those that held for a fifth of the time before the last
/// stretch and for at least forty seconds: a fault that has come and gone does not become normal, nor does one good
/// moment. The last stretch departs if it is worse than normal beyond chance and enough to matter ([Departure]), and if
/// most of its columns say so by themselves, since a burst of a few seconds is no state.
///
/// @param <D> what it departs in
/// @param stretches in order
/// @param normal those before the last that are its normal; empty where none held long enough
/// @param departure of the last one
/// @param since the column at which the departure begins, or the last stretch without one
public record Course<D extends Departure>(
    List<Stretch> stretches, List<Stretch> normal, Optional<D> departure, int since) {
  private static final double LEAST_G_ERRORS = 18;
  private static final double LEAST_G_DURATIONS = 30;
  private static final double LEAST_SHARE = 0.2;
  private static final int LEAST_NORMAL = 4;
  private static final double MOST_COLUMNS = 0.6;

  /// Columns `from` to `to` (exclusive) and their calls.
  public record Stretch(int from, int to, Calls calls) {
    int columns() {
      return to - from;
    }
  }

  /// What departs in a series, in columns `from` to `to`.
  public static Course<Departure.Errors> ofErrors(Series series, int from, int to) {
    int[] bounds = Segmentation.bounds(Counts.ofErrors(series), from, to, LEAST_G_ERRORS);
    return of(series, bounds, Departure.Errors::between, Course::failsMore);
  }

  /// As [#ofErrors].
  public static Course<Departure.Longer> ofDurations(Series series, int from, int to) {
    int[] bounds = Segmentation.bounds(Counts.ofDurations(series), from, to, LEAST_G_DURATIONS);
    return of(series, bounds, Departure.Longer::between, Course::isSlower);
  }

  private static boolean failsMore(Departure.Errors departure, Calls column) {
    return column.errorShare() > (departure.from() + departure.to()) / 4;
  }

  private static boolean isSlower(Departure.Longer departure, Calls column) {
    return column.durations().above(departure.bucket()) > departure.more() / 3 * column.calls();
  }

  /// Tells whether a column by itself shows a departure.
  private interface Shows<D> {
    boolean test(D departure, Calls column);
  }

  private static <D extends Departure> Course<D> of(
      Series series, int[] bounds, BiFunction<Calls, Calls, Optional<D>> between, Shows<D> shows) {
    var stretches = new ArrayList<Stretch>();
    for (int i = 0; i + 1 < bounds.length; i++) {
      stretches.add(new Stretch(bounds[i], bounds[i + 1], series.sum(bounds[i], bounds[i + 1])));
    }
    Stretch last = stretches.getLast();
    List<Stretch> normal = normal(stretches.subList(0, stretches.size() - 1), between);
    Optional<D> departure =
        between
            .apply(sum(normal), last.calls)
            .filter(found -> isMost(series, last, column -> shows.test(found, column)));
    int since = departure.isPresent() ? since(stretches, sum(normal), between) : last.from;
    return new Course<>(List.copyOf(stretches), normal, departure, since);
  }

  /// Stretches before the last that depart from the normal as well belong to the same departure.
  private static <D extends Departure> int since(
      List<Stretch> stretches, Calls normal, BiFunction<Calls, Calls, Optional<D>> between) {
    int first = stretches.size() - 1;
    while (first > 0 && between.apply(normal, stretches.get(first - 1).calls).isPresent()) {
      first--;
    }
    return stretches.get(first).from;
  }

  private static <D extends Departure> List<Stretch> normal(
      List<Stretch> before, BiFunction<Calls, Calls, Optional<D>> between) {
    List<Stretch> used = before.stream().filter(each -> each.calls.calls() > 0).toList();
    double least = Math.max(LEAST_NORMAL, LEAST_SHARE * columns(used));
    List<Stretch> best = List.of();
    for (Stretch candidate : used) {
      List<Stretch> alike =
          used.stream()
              .filter(
                  other ->
                      between.apply(candidate.calls, other.calls).isEmpty()
                          && between.apply(other.calls, candidate.calls).isEmpty())
              .toList();
      if (columns(alike) >= least
          && (best.isEmpty() || between.apply(sum(alike), sum(best)).isPresent())) {
        best = alike;
      }
    }
    return best;
  }

  private static int columns(List<Stretch> stretches) {
    return stretches.stream().mapToInt(Stretch::columns).sum();
  }

  private static Calls sum(List<Stretch> stretches) {
    var sum = new Calls();
    stretches.forEach(stretch -> sum.add(stretch.calls));
    return sum;
  }

  /// Another series in the columns of the normal.
  public Calls usual(Series other) {
    var sum = new Calls();
    normal.forEach(stretch -> sum.add(other.sum(stretch.from, stretch.to)));
    return sum;
  }

  private static boolean isMost(
      Series series, Stretch stretch, java.util.function.Predicate<Calls> shows) {
    int with = 0;
    int all = 0;
    for (int i = stretch.from; i < stretch.to; i++) {
      if (series.calls()[i] > 0) {
        all++;
        with += shows.test(series.sum(i, i + 1)) ? 1 : 0;
      }
    }
    return all >= Segmentation.LEAST_COLUMNS && with >= MOST_COLUMNS * all;
  }
}
