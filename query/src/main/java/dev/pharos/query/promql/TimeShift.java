package dev.pharos.query.promql;

import dev.pharos.query.matrix.StepGrid;
import java.util.OptionalLong;

/// Where a selector looks when the query is at a step: the step's time or a fixed one, minus an offset.
///
/// @param at the fixed time of `@`, milliseconds
/// @param offset milliseconds into the past
record TimeShift(OptionalLong at, long offset) {
  /// The time looked at from step `i`.
  long reference(StepGrid grid, int i) {
    return at.orElse(grid.time(i)) - offset;
  }

  /// The shift of a selector inside what this shift applies to.
  TimeShift then(TimeShift inner) {
    return inner.at.isPresent() ? inner : new TimeShift(at, offset + inner.offset);
  }

  long first(StepGrid grid) {
    return at.orElse(grid.start()) - offset;
  }

  long last(StepGrid grid) {
    return at.orElse(grid.end()) - offset;
  }
}
