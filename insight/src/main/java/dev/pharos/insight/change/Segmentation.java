package dev.pharos.insight.change;

import java.util.ArrayList;
import java.util.List;

/// Splits a series into stretches in which calls went alike.
///
/// Binary segmentation (Scott and Knott, "A cluster analysis method for grouping means in the analysis of variance",
/// Biometrics 1974): the split with the greatest likelihood ratio is taken if it is above a threshold, and both parts
/// are split in turn. The place of the greatest ratio is the estimate of the time of the change (Hinkley, Biometrika
/// 1970). The threshold is far above chi-squared's, because the greatest of many splits is taken, and because real
/// calls come in bursts. Costs one pass over the columns for each level of stretches.
final class Segmentation {
  /// Columns of a stretch, at least: one column may be a burst.
  static final int LEAST_COLUMNS = 2;

  /// How little two neighbouring stretches of columns are alike.
  interface Difference {
    /// G of columns `from` to `at` beside `at` to `to`.
    double g(int from, int at, int to);
  }

  private final Difference difference;
  private final double threshold;
  private final List<Integer> bounds = new ArrayList<>();

  private Segmentation(Difference difference, double threshold) {
    this.difference = difference;
    this.threshold = threshold;
  }

  /// @return where stretches begin, in order, `from` first, and `to` at last
  static int[] bounds(Difference difference, int from, int to, double threshold) {
    var segmentation = new Segmentation(difference, threshold);
    segmentation.bounds.add(from);
    segmentation.split(from, to);
    segmentation.bounds.add(to);
    return segmentation.bounds.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  private void split(int from, int to) {
    double best = threshold;
    int at = -1;
    for (int i = from + LEAST_COLUMNS; i <= to - LEAST_COLUMNS; i++) {
      double g = difference.g(from, i, to);
      if (g > best) {
        best = g;
        at = i;
      }
    }
    if (at >= 0) {
      bounds.add(at);
      split(from, at);
      split(at, to);
    }
  }
}
