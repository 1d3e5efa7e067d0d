package dev.pharos.query.promql;

import dev.pharos.query.matrix.Notes;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import java.util.Optional;

/// Applies a range function to each series of its source, series by series.
final class WindowOperator implements SeriesOperator {
  private final Evaluation run;
  private final RangeSource source;
  private final StepGrid grid;
  private final WindowFunction function;
  private final boolean keepName;
  private final boolean counter;
  private final Window window;

  /// @param keepName whether the result keeps the metric's name
  /// @param counter whether a metric whose name is not a counter's deserves an info
  WindowOperator(
      Evaluation run, RangeSource source, StepGrid grid, WindowFunction function, boolean keepName, boolean counter,
      Notes notes) {
    this.run = run;
    this.source = source;
    this.grid = grid;
    this.function = function;
    this.keepName = keepName;
    this.counter = counter;
    this.window = new Window(grid, source.shift(), source.rangeMillis(), notes);
  }

  @Override
  public Optional<StepSeries> next() {
    while (true) {
      Optional<RangeSource.RawSeries> next = source.series().next();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      RangeSource.RawSeries raw = next.get();
      StepSeries result = StepSeries.empty(raw.labels(), grid.count());
      window.slide(raw.labels(), raw.samples());
      function.apply(window, raw.samples(), result);
      int points = result.pointCount();
      if (points == 0) {
        continue;
      }
      if (counter) {
        noteNonCounter(result);
      }
      run.charge(points);
      return Optional.of(keepName ? result.with(raw.labels(), raw.dropName()) : run.dropName(result));
    }
  }

  private void noteNonCounter(StepSeries result) {
    String name = window.metricName();
    if (name.isEmpty() || result.hasHistograms()) {
      return;
    }
    if (!name.endsWith("_total") && !name.endsWith("_sum") && !name.endsWith("_count") && !name.endsWith("_bucket")) {
      window.notes().inform("metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
          + Quoting.quote(name));
    }
  }
}
