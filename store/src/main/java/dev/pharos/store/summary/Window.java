package dev.pharos.store.summary;

import java.util.Set;

/// Which rows a summary counts, and what of them.
///
/// @param fromStep inclusive
/// @param toStep exclusive
/// @param earliestNanos rows before are past retention
/// @param grain steps to be counted as one
/// @param parts of a summary of spans that are wanted
record Window(long fromStep, long toStep, long earliestNanos, int grain, Set<Part> parts) {
  /// What a summary of spans counts.
  enum Part {
    /// Spans by service, name, kind and status.
    SPANS,
    EDGES,
    SENDERS
  }

  static final Set<Part> ALL_PARTS = Set.of(Part.values());

  /// All of all rows.
  static Window all(int grain) {
    return new Window(
        Long.MIN_VALUE + Steps.EDGE_REACH,
        Long.MAX_VALUE - Steps.EDGE_REACH,
        Long.MIN_VALUE,
        grain,
        ALL_PARTS);
  }

  boolean wants(Part part) {
    return parts.contains(part);
  }

  boolean counts(long step) {
    return step >= fromStep && step < toStep;
  }

  /// Whether a client span of this step may belong to a server span that is counted.
  boolean reaches(long step) {
    return step >= fromStep - Steps.EDGE_REACH && step < toStep + Steps.EDGE_REACH;
  }
}
