package dev.pharos.components.prometheus;

import java.util.Arrays;
import java.util.List;

/// What a series holds at one time. Immutable; the arrays are never changed.
sealed interface SampleValue {
  /// An exemplar of a point.
  ///
  /// @param labels as they are written, between the braces
  record Exemplar(String labels, double value, long timeNanos) {}

  /// A counter or gauge.
  record Number(double value, List<Exemplar> exemplars) implements SampleValue {}

  /// A classic histogram.
  ///
  /// @param bounds upper bounds without +Inf
  /// @param buckets counts, not cumulated, one more than bounds; empty if only the count is known
  record Histogram(
      double[] bounds, long[] buckets, long count, double sum, List<Exemplar> exemplars)
      implements SampleValue {}

  /// Precomputed quantiles.
  record Summary(double[] quantiles, double[] values, long count, double sum)
      implements SampleValue {}

  /// This increment on top of what was before; this alone where the two do not fit together, as after a restart with
  /// other buckets.
  default SampleValue plus(SampleValue before) {
    if (this instanceof Number(double value, List<Exemplar> exemplars)
        && before instanceof Number(double other, var _)) {
      return new Number(value + other, exemplars);
    }
    if (this instanceof Histogram mine
        && before instanceof Histogram other
        && Arrays.equals(mine.bounds, other.bounds)
        && mine.buckets.length == other.buckets.length) {
      long[] buckets = mine.buckets.clone();
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] += other.buckets[i];
      }
      return new Histogram(
          mine.bounds, buckets, mine.count + other.count, mine.sum + other.sum, mine.exemplars);
    }
    return this;
  }
}
