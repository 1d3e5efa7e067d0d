package dev.pharos.query.logql;

import dev.pharos.query.QueryError;
import dev.pharos.query.QueryException;

/// The times at which a metric is evaluated, Unix nanoseconds.
///
/// @param startNanos the first
/// @param stepNanos above 0
/// @param count at least 1
record StepGrid(long startNanos, long stepNanos, int count) {
  static final int MAX_POINTS = 11_000;

  static StepGrid instant(long timeNanos) {
    return new StepGrid(timeNanos, 1, 1);
  }

  /// The multiples of the step that enclose a range: its start rounded down, its end up.
  static StepGrid range(long startNanos, long endNanos, long stepNanos) {
    if (stepNanos <= 0) {
      throw new QueryException(
          new QueryError.Invalid(
              "zero or negative query resolution step widths are not accepted."
                  + " Try a positive integer"));
    }
    long start = Math.floorDiv(startNanos, stepNanos) * stepNanos;
    long end = -Math.floorDiv(-endNanos, stepNanos) * stepNanos;
    long steps = (end - start) / stepNanos + 1;
    if ((endNanos - startNanos) / stepNanos > MAX_POINTS) {
      throw new QueryException(
          new QueryError.Invalid(
              "exceeded maximum resolution of 11,000 points per time series."
                  + " Try increasing the value of the step parameter"));
    }
    return new StepGrid(start, stepNanos, (int) steps);
  }

  long time(int step) {
    return startNanos + step * stepNanos;
  }

  long endNanos() {
    return time(count - 1);
  }

  /// The first step at or after a time; may be `count`.
  int firstFrom(long nanos) {
    long step = -Math.floorDiv(-(nanos - startNanos), stepNanos);
    return (int) Math.max(0, Math.min(count, step));
  }

  /// The last step at or before a time; may be -1.
  int lastTo(long nanos) {
    long step = Math.floorDiv(nanos - startNanos, stepNanos);
    return (int) Math.max(-1, Math.min(count - 1L, step));
  }
}
