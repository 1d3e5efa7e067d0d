package dev.pharos.query.matrix;

import java.util.Arrays;

/// The quantile of a classic histogram: cumulative counts by upper bound, as series with label `le` give them.
public final class ClassicQuantile {
  /// Differences between neighbouring buckets below this part of them are rounding of the sums and mended silently.
  private static final double TOLERANCE = 1e-12;

  private double[] bounds = new double[16];
  private double[] counts = new double[16];
  private int size;
  private boolean forcedMonotonic;

  /// Forgets all buckets.
  public void clear() {
    size = 0;
    forcedMonotonic = false;
  }

  /// Adds a bucket with the number of observations up to `bound`.
  public void add(double bound, double count) {
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    // Insertion keeps the buckets sorted; they mostly come nearly so.
    int at = size++;
    while (at > 0 && bounds[at - 1] > bound) {
      bounds[at] = bounds[at - 1];
      counts[at] = counts[at - 1];
      at--;
    }
    bounds[at] = bound;
    counts[at] = count;
  }

  public int size() {
    return size;
  }

  /// Whether the last [#prepare] found counts that fell by more than rounding.
  public boolean forcedMonotonic() {
    return forcedMonotonic;
  }

  /// Makes the buckets usable: merges equal bounds, mends rounding, forces rising counts.
  ///
  /// @return whether there is a quantile at all: at least two buckets, the last of them +Inf, and observations
  public boolean prepare() {
    if (size == 0 || bounds[size - 1] != Double.POSITIVE_INFINITY) {
      return false;
    }
    mergeEqualBounds();
    mend();
    return size >= 2 && counts[size - 1] != 0 && !Double.isNaN(counts[size - 1]);
  }

  private void mergeEqualBounds() {
    int n = 1;
    for (int i = 1; i < size; i++) {
      if (bounds[i] == bounds[n - 1]) {
        counts[n - 1] += counts[i];
      } else {
        bounds[n] = bounds[i];
        counts[n++] = counts[i];
      }
    }
    size = n;
  }

  private void mend() {
    double previous = counts[0];
    for (int i = 1; i < size; i++) {
      double count = counts[i];
      if (count == previous) {
        continue;
      }
      if (nearlyEqual(previous, count)) {
        counts[i] = previous;
      } else if (count < previous) {
        counts[i] = previous;
        forcedMonotonic = true;
      } else {
        previous = count;
      }
    }
  }

  private static boolean nearlyEqual(double a, double b) {
    double difference = Math.abs(a - b);
    double sum = Math.abs(a) + Math.abs(b);
    if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
      return difference < TOLERANCE * Double.MIN_NORMAL;
    }
    return difference / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
  }

  /// The quantile.
  ///
  /// @param usable what [#prepare] said
  public double quantile(double phi, boolean usable) {
    if (phi < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (phi > 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (Double.isNaN(phi) || !usable) {
      return Double.NaN;
    }
    double rank = phi * counts[size - 1];
    int bucket = 0;
    while (bucket < size - 1 && counts[bucket] < rank) {
      bucket++;
    }
    if (bucket == size - 1) {
      return bounds[size - 2];
    }
    if (bucket == 0 && bounds[0] <= 0) {
      return bounds[0];
    }
    double start = bucket == 0 ? 0 : bounds[bucket - 1];
    double below = bucket == 0 ? 0 : counts[bucket - 1];
    return start + (bounds[bucket] - start) * ((rank - below) / (counts[bucket] - below));
  }

  /// The part of the observations between two values, after [#prepare].
  public double fraction(double lower, double upper) {
    double total = counts[size - 1];
    boolean none = bounds[size - 1] != Double.POSITIVE_INFINITY || total == 0;
    if (none || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Double.NaN;
    }
    if (lower >= upper) {
      return 0;
    }
    return (below(upper) - below(lower)) / total;
  }

  private double below(double value) {
    if (value == Double.POSITIVE_INFINITY) {
      return counts[size - 1];
    }
    double lowerBound = Double.NEGATIVE_INFINITY;
    double lowerCount = 0;
    for (int b = 0; b < size; b++) {
      double upperBound = bounds[b];
      if (b == 0 && upperBound > 0) {
        lowerBound = 0;
      }
      if (value < upperBound) {
        if (value <= lowerBound) {
          return lowerCount;
        }
        if (lowerBound == Double.NEGATIVE_INFINITY) {
          return counts[b];
        }
        return upperBound == Double.POSITIVE_INFINITY
            ? lowerCount
            : lowerCount
                + (counts[b] - lowerCount) * (value - lowerBound) / (upperBound - lowerBound);
      }
      lowerBound = upperBound;
      lowerCount = counts[b];
    }
    return lowerCount;
  }
}
