package dev.pharos.store.summary;

/// Which rows a summary counts.
///
/// @param fromStep inclusive
/// @param toStep exclusive
/// @param earliestNanos rows before are past retention
/// @param grain steps to be counted as one
record Window(long fromStep, long toStep, long earliestNanos, int grain) {
  /// All rows.
  static Window all(int grain) {
    return new Window(
        Long.MIN_VALUE + Steps.EDGE_REACH,
        Long.MAX_VALUE - Steps.EDGE_REACH,
        Long.MIN_VALUE,
        grain);
  }

  boolean counts(long step) {
    return step >= fromStep && step < toStep;
  }

  /// Whether a client span of this step may belong to a server span that is counted.
  boolean reaches(long step) {
    return step >= fromStep - Steps.EDGE_REACH && step < toStep + Steps.EDGE_REACH;
  }
}
