package dev.pharos.insight.compare;

import dev.pharos.query.traceql.SpanFilter;

/// Which of the found spans are set against the rest.
public sealed interface Inside {
  /// Those in a box of the heat map.
  ///
  /// @param fromNanos of starts, inclusive
  /// @param toNanos of starts, exclusive
  /// @param leastNanos of durations, inclusive
  /// @param mostNanos of durations, exclusive
  record Box(long fromNanos, long toNanos, long leastNanos, long mostNanos) implements Inside {}

  /// Those with status error.
  ///
  /// @param fromNanos of starts, inclusive: what failed before is of the rest
  record Errors(long fromNanos) implements Inside {}

  /// The slowest 5 % of each operation (service, name and kind): so inside and outside are made of the same operations,
  /// and what differs is not merely that one operation takes longer than another.
  record Slow() implements Inside {}

  /// Those that this takes as well.
  record Matching(SpanFilter filter) implements Inside {}
}
