package dev.pharos.query.matrix;

/// The evenly spaced times at which a query is evaluated.
///
/// @param start first time, Unix milliseconds
/// @param step distance, milliseconds, at least 1
/// @param count how many times, at least 0
public record StepGrid(long start, long step, int count) {
  /// The one-point grid.
  public static StepGrid at(long millis) {
    return new StepGrid(millis, 1, 1);
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
}
