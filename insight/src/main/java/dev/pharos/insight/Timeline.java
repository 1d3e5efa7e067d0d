package dev.pharos.insight;

/// The columns in which a range and what lies before it are compared.
///
/// @param startNanos of the first column
/// @param before columns before the range
/// @param columns all of them
/// @param dataColumns up to the last with a call of any service; none are expected after
public record Timeline(long startNanos, long unitNanos, int before, int columns, int dataColumns) {
  /// When a column begins.
  public long nanos(int column) {
    return startNanos + column * unitNanos;
  }

  double seconds(int columns) {
    return columns * (unitNanos / 1e9);
  }

  int column(long nanos) {
    return (int) Math.clamp((nanos - startNanos) / unitNanos, 0, columns);
  }

  long dataEndNanos() {
    return nanos(dataColumns);
  }
}
