package dev.pharos.insight;

import dev.pharos.model.Tenant;
import dev.pharos.store.read.SummaryRange;

/// The columns of a chart and the finer ones that it is computed from. The range that was asked for is widened to whole
/// columns: its end is rounded up to the finer width, and its start down so that all columns are whole.
///
/// @param stepNanos width of a column of the chart, a whole number of units
/// @param unitNanos width of the columns that are read: ten seconds where that is not too many of them
public record Grid(long startNanos, long endNanos, long stepNanos, long unitNanos) {
  private static final long SECOND = 1_000_000_000L;
  private static final long[] UNITS = {10 * SECOND, 60 * SECOND, 600 * SECOND, 3_600 * SECOND};

  /// Columns that are read at most, until hours are too many as well.
  private static final int MAX_UNITS = 720;

  private static final int MAX_POINTS = 1_000;

  /// @param toNanos after `fromNanos`
  /// @param points columns of the chart, at most
  /// @throws IllegalArgumentException if there is no such grid
  public static Grid of(long fromNanos, long toNanos, int points) {
    if (points < 1 || points > MAX_POINTS) {
      throw new IllegalArgumentException(
          "points: " + points + " (expected: 1 to " + MAX_POINTS + ")");
    }
    long unit = UNITS[0];
    for (int i = 1; i < UNITS.length && (toNanos - fromNanos) / unit > MAX_UNITS; i++) {
      unit = UNITS[i];
    }
    long end = Math.ceilDiv(toNanos, unit) * unit;
    long width = end - Math.floorDiv(fromNanos, unit) * unit;
    long step = Math.ceilDiv(Math.ceilDiv(width, points), unit) * unit;
    return new Grid(end - Math.ceilDiv(width, step) * step, end, step, unit);
  }

  public int columns() {
    return (int) ((endNanos - startNanos) / stepNanos);
  }

  /// Units in a column.
  int units() {
    return (int) (stepNanos / unitNanos);
  }

  public double seconds() {
    return (endNanos - startNanos) / 1e9;
  }

  SummaryRange units(Tenant tenant) {
    return new SummaryRange(tenant, startNanos, endNanos, unitNanos);
  }

  public SummaryRange columns(Tenant tenant) {
    return new SummaryRange(tenant, startNanos, endNanos, stepNanos);
  }
}
