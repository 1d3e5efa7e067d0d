package dev.pharos.query.logql;

/// What a client asks of the engine besides the query itself. Times are Unix nanoseconds.
public sealed interface LogqlRequest {
  String query();

  /// Lines from `startNanos` (inclusive) to `endNanos` (exclusive), or a metric at each step from the one to the other.
  ///
  /// @param limit of lines, 1 to [LogqlEngine#MAX_LINES]
  record Range(
      String query, long startNanos, long endNanos, long stepNanos, int limit, Direction direction)
      implements LogqlRequest {}

  /// A metric at one time.
  record Instant(String query, long timeNanos) implements LogqlRequest {}

  /// Whether the oldest or the newest line comes first.
  enum Direction {
    FORWARD,
    BACKWARD
  }
}
