package dev.pharos.insight.change;

import dev.pharos.insight.Calls;
import dev.pharos.insight.Series;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/// What calls may depart in, and how that is told. Immutable.
///
/// @param <D> what they depart by
public final class Aspect<D extends Departure> {
  /// More of them fail.
  public static final Aspect<Departure.Errors> ERRORS =
      new Aspect<>(
          Departure.Errors::between,
          (departure, column) -> column.errorShare() > (departure.from() + departure.to()) / 4,
          Counts::ofErrors,
          18,
          departure -> departure.to() - departure.from() >= 0.01);

  /// They take longer.
  public static final Aspect<Departure.Longer> DURATIONS =
      new Aspect<>(
          Departure.Longer::between,
          (departure, column) ->
              column.durations().above(departure.bucket()) > departure.more() / 3 * column.calls(),
          Counts::ofDurations,
          30,
          departure -> departure.factor() >= 2 && departure.more() >= 0.05);

  private final BiFunction<Calls, Calls, Optional<D>> between;
  private final BiPredicate<D, Calls> shows;
  private final Function<Series, Counts> counts;
  private final double leastG;
  private final Predicate<D> plain;

  private Aspect(
      BiFunction<Calls, Calls, Optional<D>> between,
      BiPredicate<D, Calls> shows,
      Function<Series, Counts> counts,
      double leastG,
      Predicate<D> plain) {
    this.between = between;
    this.shows = shows;
    this.counts = counts;
    this.leastG = leastG;
    this.plain = plain;
  }

  /// By how much the calls of now are worse than those of the normal, if they are.
  Optional<D> between(Calls normal, Calls now) {
    return between.apply(normal, now);
  }

  /// Whether a column by itself shows a departure.
  boolean shows(D departure, Calls column) {
    return shows.test(departure, column);
  }

  /// Whether a departure from another day is more than days differ.
  boolean isPlain(D departure) {
    return plain.test(departure);
  }

  /// Where stretches of columns `from` to `to` begin, in order, and `to` at last.
  int[] bounds(Series series, int from, int to) {
    return Segmentation.bounds(counts.apply(series), from, to, leastG);
  }
}
