package dev.pharos.query.matrix;

/// The evenly spaced times at which a query is evaluated, in the unit of its language: Unix milliseconds of PromQL,
/// nanoseconds of LogQL.
///
/// @param start first time
/// @param step distance, at least 1
/// @param count how many times, at least 0
public record StepGrid(long start, long step, int count) {
  /// The one-point grid.
  public static StepGrid at(long time) {
    return new StepGrid(time, 1, 1);
  }

  /// The points `start + k * step` up to and including `end`.
  public static StepGrid between(long start, long end, long step) {
    return new StepGrid(start, step, end < start ? 0 : Math.toIntExact((end - start) / step + 1));
  }

  public long time(int i) {
    return start + i * step;
  }

  /// The last time; `start` of an empty grid.
  public long end() {
    return count == 0 ? start : time(count - 1);
  }

  /// The first point at or after a time; `count` if there is none.
  public int firstFrom(long time) {
    return (int) Math.clamp(Math.ceilDiv(time - start, step), 0L, count);
  }

  /// The last point at or before a time; -1 if there is none.
  public int lastTo(long time) {
    return (int) Math.clamp(Math.floorDiv(time - start, step), -1L, count - 1L);
  }
}
