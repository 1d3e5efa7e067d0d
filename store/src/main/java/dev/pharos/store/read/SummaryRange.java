package dev.pharos.store.read;

import dev.pharos.model.Tenant;

/// What a chart shows: columns of equal width, each a whole number of ten seconds, that begin at a whole ten seconds.
/// Where columns are whole minutes that begin at whole minutes, even old data are answered without reading rows.
///
/// @param fromNanos inclusive
/// @param toNanos exclusive
/// @param columnNanos width of a column
public record SummaryRange(Tenant tenant, long fromNanos, long toNanos, long columnNanos) {
  /// The least width.
  public static final long STEP_NANOS = 10_000_000_000L;

  private static final int MAX_COLUMNS = 11_000;

  /// @throws IllegalArgumentException if it is no whole number of columns, or too many
  public SummaryRange {
    if (columnNanos <= 0
        || columnNanos % STEP_NANOS != 0
        || fromNanos % STEP_NANOS != 0
        || toNanos <= fromNanos
        || (toNanos - fromNanos) % columnNanos != 0
        || (toNanos - fromNanos) / columnNanos > MAX_COLUMNS) {
      throw new IllegalArgumentException(
          "summary from "
              + fromNanos
              + " to "
              + toNanos
              + " ns in columns of "
              + columnNanos
              + " ns (expected: 1 to "
              + MAX_COLUMNS
              + " whole columns, multiples of 10 s that begin at one)");
    }
  }

  /// The range from before `fromNanos` to after `toNanos` in whole columns.
  public static SummaryRange around(Tenant tenant, long fromNanos, long toNanos, long columnNanos) {
    return new SummaryRange(
        tenant,
        Math.floorDiv(fromNanos, columnNanos) * columnNanos,
        Math.ceilDiv(toNanos, columnNanos) * columnNanos,
        columnNanos);
  }

  public int columns() {
    return (int) ((toNanos - fromNanos) / columnNanos);
  }

  /// The column of a time within the range.
  public int column(long nanos) {
    return (int) ((nanos - fromNanos) / columnNanos);
  }
}
