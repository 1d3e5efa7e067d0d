package dev.pharos.insight.change;

import dev.pharos.insight.Calls;
import dev.pharos.insight.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The course of a series: its stretches, which of them are its normal, and whether the last one departs from it.
///
/// **Normal** is the level that is best for callers among those that held for a fifth of the time before the last
/// stretch and for at least forty seconds: a fault that has come and gone does not become normal, nor does one good
/// moment. The last stretch departs if it is worse than normal beyond chance and enough to matter ([Departure]), and if
/// most of its columns say so by themselves, since a burst of a few seconds is no state.
///
/// @param <D> what it departs in
/// @param stretches in order
/// @param normal those before the last that are its normal; empty where none held long enough, or where it is of
///     another day
/// @param departure of the last one
/// @param since the column at which the departure begins, or the last stretch without one
/// @param days how many days before its normal lies; 0 where it is in the series itself
public record Course<D extends Departure>(
    List<Stretch> stretches, List<Stretch> normal, Optional<D> departure, int since, int days) {
  private static final double LEAST_SHARE = 0.2;
  private static final int LEAST_NORMAL = 4;
  private static final double MOST_COLUMNS = 0.6;

  /// Columns `from` to `to` (exclusive) and their calls.
  public record Stretch(int from, int to, Calls calls) {
    int columns() {
      return to - from;
    }
  }

  /// Of columns `from` to `to`.
  public static <D extends Departure> Course<D> of(
      Aspect<D> aspect, Series series, int from, int to) {
    List<Stretch> stretches = stretches(aspect, series, from, to);
    Stretch last = stretches.getLast();
    List<Stretch> normal = normal(aspect, stretches.subList(0, stretches.size() - 1), LEAST_NORMAL);
    Calls usual = sum(normal);
    Optional<D> departure =
        aspect.between(usual, last.calls).filter(found -> isMost(aspect, found, series, last));
    int since =
        departure.isPresent()
            ? since(stretches, each -> aspect.between(usual, each.calls).isPresent())
            : last.from;
    return new Course<>(stretches, normal, departure, since, 0);
  }

  static <D extends Departure> List<Stretch> stretches(
      Aspect<D> aspect, Series series, int from, int to) {
    int[] bounds = aspect.bounds(series, from, to);
    var stretches = new ArrayList<Stretch>();
    for (int i = 0; i + 1 < bounds.length; i++) {
      stretches.add(new Stretch(bounds[i], bounds[i + 1], series.sum(bounds[i], bounds[i + 1])));
    }
    return List.copyOf(stretches);
  }

  /// The same without a departure.
  Course<D> asUsual() {
    return new Course<>(stretches, normal, Optional.empty(), stretches.getLast().from, 0);
  }

  /// Stretches before the last that depart as well belong to the same departure.
  static int since(List<Stretch> stretches, Predicate<Stretch> departs) {
    int first = stretches.size() - 1;
    while (first > 0 && departs.test(stretches.get(first - 1))) {
      first--;
    }
    return stretches.get(first).from;
  }

  /// @param leastColumns that it must have held
  static <D extends Departure> List<Stretch> normal(
      Aspect<D> aspect, List<Stretch> before, int leastColumns) {
    List<Stretch> used = before.stream().filter(each -> each.calls.calls() > 0).toList();
    double least = Math.max(leastColumns, LEAST_SHARE * columns(used));
    List<Stretch> best = List.of();
    for (Stretch candidate : used) {
      List<Stretch> alike =
          used.stream()
              .filter(
                  other ->
                      aspect.between(candidate.calls, other.calls).isEmpty()
                          && aspect.between(other.calls, candidate.calls).isEmpty())
              .toList();
      if (columns(alike) >= least
          && (best.isEmpty() || aspect.between(sum(alike), sum(best)).isPresent())) {
        best = alike;
      }
    }
    return best;
  }

  private static int columns(List<Stretch> stretches) {
    return stretches.stream().mapToInt(Stretch::columns).sum();
  }

  static Calls sum(List<Stretch> stretches) {
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

  /// Whether most columns of a stretch show a departure by themselves.
  static <D extends Departure> boolean isMost(
      Aspect<D> aspect, D departure, Series series, Stretch stretch) {
    int with = 0;
    int all = 0;
    for (int i = stretch.from; i < stretch.to; i++) {
      if (series.calls()[i] > 0) {
        all++;
        with += aspect.shows(departure, series.sum(i, i + 1)) ? 1 : 0;
      }
    }
    return all >= Segmentation.LEAST_COLUMNS && with >= MOST_COLUMNS * all;
  }
}
