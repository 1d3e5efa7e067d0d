package dev.pharos.query.promql;

import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import java.util.Optional;

/// The series of a subquery's inner expression, their points being the samples.
record SubqueryCursor(SeriesOperator inner, StepGrid grid) implements RangeSource.Cursor {
  @Override
  public Optional<RangeSource.RawSeries> next() {
    while (true) {
      Optional<StepSeries> next = inner.next();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      StepSeries series = next.get();
      SampleColumn samples = SampleColumn.of(series, grid);
      if (samples.count() > 0) {
        return Optional.of(new RangeSource.RawSeries(series.labels(), series.dropName(), samples));
      }
    }
  }

  /// The steps of a subquery: absolute multiples of its step in `(first - range, last]`.
  static StepGrid grid(TimeShift shift, StepGrid outer, long range, long step) {
    long after = shift.first(outer) - range;
    long start = step * (after / step);
    if (start <= after) {
      start += step;
    }
    return StepGrid.between(start, shift.last(outer), step);
  }
}
