package dev.pharos.query.traceql;

/// A time range in columns of one width, whole nanoseconds, the last of which may be cut short. Immutable; any thread.
///
/// @param toNanos exclusive
/// @param columns how many, at least one
public record TimeColumns(long fromNanos, long toNanos, int columns) {
  /// @throws IllegalArgumentException for an empty range or no column
  public TimeColumns {
    if (toNanos <= fromNanos || columns < 1) {
      throw new IllegalArgumentException(
          columns + " columns from " + fromNanos + " to " + toNanos + " ns (expected: at least 1)");
    }
  }

  public long widthNanos() {
    return Math.ceilDiv(toNanos - fromNanos, columns);
  }

  /// Tells columns of many times without divisions.
  Reader reader() {
    return new Reader(fromNanos, widthNanos());
  }

  /// One thread or many.
  record Reader(long fromNanos, long widthNanos, double perNano) {
    Reader(long fromNanos, long widthNanos) {
      this(fromNanos, widthNanos, 1.0 / widthNanos);
    }

    /// The column of a time within the range.
    int column(long nanos) {
      long since = nanos - fromNanos;
      int column = (int) (since * perNano);
      long past = since - column * widthNanos;
      return past < 0 ? column - 1 : past >= widthNanos ? column + 1 : column;
    }
  }
}
