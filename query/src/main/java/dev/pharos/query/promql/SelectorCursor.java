package dev.pharos.query.promql;

import dev.pharos.query.matrix.StepGrid;
import dev.pharos.store.read.Series;
import java.util.Iterator;
import java.util.Optional;

/// The series of a range selector, read one after the other.
final class SelectorCursor implements RangeSource.Cursor {
  private final Evaluation run;
  private final Expr.VectorSelector selector;
  private final long from;
  private final long to;
  private Optional<Iterator<Series>> series = Optional.empty();

  SelectorCursor(Evaluation run, Expr.VectorSelector selector, TimeShift shift, long range, StepGrid grid) {
    this.run = run;
    this.selector = selector;
    this.from = shift.first(grid) - range + 1;
    this.to = shift.last(grid);
  }

  @Override
  public Optional<RangeSource.RawSeries> next() {
    if (series.isEmpty()) {
      series = Optional.of(
          run.reader().select(run.tenant(), Matchers.compile(selector.matchers()), from, to).iterator());
    }
    Iterator<Series> rest = series.get();
    while (rest.hasNext()) {
      Series source = rest.next();
      SampleColumn samples = SampleColumn.of(source.samples());
      if (samples.count() > 0) {
        return Optional.of(new RangeSource.RawSeries(source.labels(), false, samples));
      }
    }
    return Optional.empty();
  }
}
