package dev.pharos.insight.change;

import dev.pharos.insight.Series;
import dev.pharos.store.read.DurationBuckets;
import dev.pharos.store.read.Durations;

/// Calls of a series in a few categories, summed from the first column on so that any stretch is one subtraction.
/// Immutable.
///
/// @param sums by category, then by column; one more than there are columns
record Counts(double[][] sums) implements Segmentation.Difference {
  /// Shares of all calls that bound the categories of durations.
  private static final double[] QUANTILES = {0.5, 0.75, 0.9, 0.95, 0.99};

  /// Failed calls and others.
  static Counts ofErrors(Series series) {
    var sums = new double[2][series.columns() + 1];
    for (int i = 0; i < series.columns(); i++) {
      sums[0][i + 1] = sums[0][i] + series.errors()[i];
      sums[1][i + 1] = sums[1][i] + series.calls()[i] - series.errors()[i];
    }
    return new Counts(sums);
  }

  /// Calls by how long they took beside quantiles of the whole series.
  static Counts ofDurations(Series series) {
    int[] category = categories(series);
    int count = category[DurationBuckets.COUNT - 1] + 1;
    var sums = new double[count][series.columns() + 1];
    for (int i = 0; i < series.columns(); i++) {
      for (double[] sum : sums) {
        sum[i + 1] = sum[i];
      }
      Durations durations = series.durations()[i];
      for (int b = 0; b < durations.counts().length; b++) {
        sums[category[durations.firstBucket() + b]][i + 1] += durations.counts()[b];
      }
    }
    return new Counts(sums);
  }

  /// The category of each bucket.
  private static int[] categories(Series series) {
    var all = series.sum().durations();
    var category = new int[DurationBuckets.COUNT];
    int number = 0;
    int next = 0;
    long upTo = 0;
    for (int bucket = 0; bucket < category.length; bucket++) {
      category[bucket] = number;
      upTo += all.count(bucket);
      if (next < QUANTILES.length && upTo >= QUANTILES[next] * all.total() && upTo < all.total()) {
        number++;
        while (next < QUANTILES.length && upTo >= QUANTILES[next] * all.total()) {
          next++;
        }
      }
    }
    return category;
  }

  @Override
  public double g(int from, int at, int to) {
    var before = new double[sums.length];
    var after = new double[sums.length];
    for (int i = 0; i < sums.length; i++) {
      before[i] = sums[i][at] - sums[i][from];
      after[i] = sums[i][to] - sums[i][at];
    }
    return Likelihood.ofCounts(before, after);
  }
}
