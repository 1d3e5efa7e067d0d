package dev.pharos.insight.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How many calls came over time: levels that held for a minute, and whether the last is one that there was not
/// before.
///
/// Calls come in bursts and together, so their counts vary more than those of independent ones. By how much is
/// taken from the differences of neighbouring columns, the greatest twentieth of which is left out, as it may be
/// the steps; the likelihood ratio is divided by it. A level counts if it held for [#LEAST_NANOS]: shorter ones
/// are bursts or gaps.
///
/// @param levels in order, those that held long enough
public record Rates(List<Level> levels) {
  public static final Rates NONE = new Rates(List.of());

  private static final long LEAST_NANOS = 60_000_000_000L;
  private static final double LEAST_G = 30;
  private static final double FACTOR = 2;

  /// Calls that a level has, or would have had as before.
  private static final double LEAST_CALLS = 30;

  /// Of the time before the last level, what one must have held to be a measure for it.
  private static final double LEAST_SHARE = 0.2;

  private static final double STEPS = 0.05;

  /// Columns `from` to `to`, exclusive.
  public record Level(int from, int to, long calls) {
    public double perColumn() {
      return (double) calls / (to - from);
    }
  }

  /// A level beside what there was before.
  ///
  /// @param before the level that it is least away from
  public record Step(Level before, Level after) {
    /// Calls now by calls before.
    public double ratio() {
      return after.perColumn() / before.perColumn();
    }
  }

  /// Of columns `from` to `to`: whole ones, from when on calls come as usual.
  ///
  /// @param unitNanos width of a column
  public static Rates of(long[] calls, int from, int to, long unitNanos) {
    var levels = new ArrayList<Level>();
    int least = (int) Math.max(Segmentation.LEAST_COLUMNS, LEAST_NANOS / unitNanos);
    if (to - from >= 2 * least) {
      var sums = new double[calls.length + 1];
      for (int i = 0; i < calls.length; i++) {
        sums[i + 1] = sums[i] + calls[i];
      }
      double spread = spread(calls, from, to);
      int[] bounds =
          Segmentation.bounds(
              (begin, at, end) ->
                  Likelihood.ofRates(
                          sums[at] - sums[begin], at - begin, sums[end] - sums[at], end - at)
                      / spread,
              from,
              to,
              LEAST_G);
      for (int i = 0; i + 1 < bounds.length; i++) {
        if (bounds[i + 1] - bounds[i] >= least || i + 2 == bounds.length) {
          long count = (long) (sums[bounds[i + 1]] - sums[bounds[i]]);
          levels.add(new Level(bounds[i], bounds[i + 1], count));
        }
      }
      if (levels.getLast().to - levels.getLast().from < least) {
        levels.removeLast();
      }
    }
    return new Rates(List.copyOf(levels));
  }

  /// The variance of counts by their mean, at least 1: that of independent calls.
  private static double spread(long[] calls, int from, int to) {
    var squares = new double[to - from - 1];
    double sum = calls[from];
    for (int i = from + 1; i < to; i++) {
      double difference = calls[i] - calls[i - 1];
      squares[i - from - 1] = difference * difference;
      sum += calls[i];
    }
    Arrays.sort(squares);
    int kept = (int) Math.ceil(squares.length * (1 - STEPS));
    double mean = sum / (to - from);
    double variance = Arrays.stream(squares, 0, kept).sum() / kept / 2;
    return mean == 0 ? 1 : Math.max(1, variance / mean);
  }

  /// Levels of twice what there was before, or of half of it.
  public List<Step> steps() {
    var steps = new ArrayList<Step>();
    for (int i = 1; i < levels.size(); i++) {
      Level level = levels.get(i);
      Level lowest = lowest(levels.subList(0, i));
      Level highest = lowest;
      for (Level each : levels.subList(0, i)) {
        highest = each.perColumn() > highest.perColumn() ? each : highest;
      }
      if (level.calls >= LEAST_CALLS && level.perColumn() >= FACTOR * highest.perColumn()) {
        steps.add(new Step(highest, level));
      } else if (isDue(lowest, level) && level.perColumn() <= lowest.perColumn() / FACTOR) {
        steps.add(new Step(lowest, level));
      }
    }
    return steps;
  }

  private static Level lowest(List<Level> levels) {
    Level lowest = levels.getFirst();
    for (Level each : levels) {
      lowest = each.perColumn() < lowest.perColumn() ? each : lowest;
    }
    return lowest;
  }

  private static boolean isDue(Level before, Level after) {
    return before.perColumn() * (after.to - after.from) >= LEAST_CALLS;
  }

  /// The last level beside the lowest that held for a fifth of the time before, if it is below that.
  ///
  /// @param ratio below which it is a fall
  public Optional<Step> fall(double ratio) {
    if (levels.size() < 2) {
      return Optional.empty();
    }
    Level last = levels.getLast();
    List<Level> before = levels.subList(0, levels.size() - 1);
    int columns = last.from - before.getFirst().from;
    List<Level> held =
        before.stream().filter(each -> each.to - each.from >= LEAST_SHARE * columns).toList();
    return held.isEmpty()
        ? Optional.empty()
        : Optional.of(new Step(lowest(held), last))
            .filter(step -> isDue(step.before, last) && step.ratio() < ratio);
  }
}
