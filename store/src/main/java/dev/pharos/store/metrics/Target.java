package dev.pharos.store.metrics;

/// The series that one kind of point feeds. Immutable.
///
/// @param series of a number or exponential histogram: the one; of a histogram: a bucket for each bound, the one of
/// `+Inf`,
///     `_count`, and `_sum` if it has one; of a summary: one for each quantile, `_count` and `_sum`
/// @param bounds of a histogram, else empty
/// @param resource behind the point
record Target(HeadSeries[] series, double[] bounds, Resource resource) {
  static final double[] NO_BOUNDS = {};

  /// What the cache holds for it.
  long bytes() {
    return 120 + 4L * series.length + 8L * bounds.length;
  }
}
