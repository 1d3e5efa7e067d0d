package dev.pharos.insight;

/// The calls of an earlier day, by the clock of the day that they are compared with: a call of 14:02 yesterday
/// counts as one of 14:02 today.
///
/// @param days how many days earlier they were
/// @param startNanos of the first column, on the later day
public record Earlier(int days, long startNanos, long columnNanos, Series series) {
  /// A day in nanoseconds.
  public static final long DAY_NANOS = 86_400_000_000_000L;

  /// All in the columns that have a part in this time of the later day.
  public Calls sum(long fromNanos, long toNanos) {
    return series.sum(column(fromNanos), column(toNanos + columnNanos - 1));
  }

  /// Both added up, of the same columns.
  Earlier plus(Earlier other) {
    return new Earlier(days, startNanos, columnNanos, series.plus(other.series));
  }

  /// How much time of these columns is within what was read.
  long widthNanos(long fromNanos, long toNanos) {
    return (column(toNanos + columnNanos - 1) - column(fromNanos)) * columnNanos;
  }

  private int column(long nanos) {
    return (int) Math.clamp(Math.floorDiv(nanos - startNanos, columnNanos), 0, series.columns());
  }

  /// When a column begins, on the later day.
  public long nanos(int column) {
    return startNanos + column * columnNanos;
  }
}
