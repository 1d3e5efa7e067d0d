package dev.pharos.insight;

/// What a small chart of calls shows, in the columns of a grid.
///
/// @param p50Nanos NaN in columns without a call, as the other quantiles
public record Chart(
    long[] calls, long[] errors, double[] p50Nanos, double[] p95Nanos, double[] p99Nanos) {
  static Chart of(Series series, Grid grid) {
    Calls[] groups = series.grouped(grid.units());
    return new Chart(
        Series.callsOf(groups),
        Series.errorsOf(groups),
        Series.quantileOf(groups, 0.5),
        Series.quantileOf(groups, 0.95),
        Series.quantileOf(groups, 0.99));
  }
}
