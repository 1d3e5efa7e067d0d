package dev.pharos.query.matrix;

import java.util.Arrays;

/// Quantiles of plain numbers with linear interpolation between ranks; NaN ranks below everything.
public final class Quantiles {
  private Quantiles() {}

  /// The quantile of the first `n` of `values`, which are reordered. NaN without values.
  public static double of(double phi, double[] values, int n) {
    if (n == 0 || Double.isNaN(phi)) {
      return Double.NaN;
    }
    if (phi < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (phi > 1) {
      return Double.POSITIVE_INFINITY;
    }
    int nans = 0;
    for (int i = 0; i < n; i++) {
      if (Double.isNaN(values[i])) {
        double other = values[nans];
        values[nans++] = values[i];
        values[i] = other;
      }
    }
    double rank = phi * (n - 1);
    int lower = (int) Math.max(0, Math.floor(rank));
    int upper = Math.min(n - 1, lower + 1);
    double weight = rank - Math.floor(rank);
    if (upper >= nans) {
      select(values, nans, n, Math.max(lower, nans), upper);
    }
    return values[lower] * (1 - weight) + values[upper] * weight;
  }

  /// Puts the values of ranks `low` and `high` (neighbours) in their places among `[from, to)`.
  private static void select(double[] values, int from, int to, int low, int high) {
    int left = from;
    int right = to - 1;
    while (right - left > 32) {
      double pivot = median(values[left], values[(left + right) >>> 1], values[right]);
      int i = left;
      int j = right;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (high <= j) {
        right = j;
      } else if (low >= i) {
        left = i;
      } else if (low > j && high < i) {
        return;
      } else {
        // The two ranks lie on different sides: sort what is left.
        break;
      }
    }
    Arrays.sort(values, left, right + 1);
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
