package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import java.util.Optional;

/// Where a range function gets its series: a range selector or a subquery.
///
/// @param shift where the windows lie
/// @param rangeMillis their length
/// @param series yields the series one after the other
record RangeSource(TimeShift shift, long rangeMillis, Cursor series) {
  /// One series with all samples that any window covers.
  record RawSeries(Labels labels, boolean dropName, SampleColumn samples) {}

  /// Yields series until there are none.
  interface Cursor {
    Optional<RawSeries> next();
  }
}
