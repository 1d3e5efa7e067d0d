package dev.pharos.query.promql;

import dev.pharos.query.matrix.Notes;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import dev.pharos.store.read.Series;
import java.util.Optional;
import java.util.function.Supplier;

/// Applies a range function to series, one after the other. One thread.
final class WindowOperator implements SeriesScan.Mapper {
  /// What is computed.
  ///
  /// @param functions makes one function a thread
  /// @param keepName whether the result keeps the metric's name
  /// @param counter whether a metric whose name is not a counter's deserves an info
  record Computation(
      Supplier<WindowFunction> functions, boolean keepName, boolean counter, Notes notes) {}

  private final Evaluation run;
  private final StepGrid grid;
  private final Computation computation;
  private final WindowFunction function;
  private final Window window;
  private final boolean detectResets;

  private WindowOperator(
      Evaluation run, RangeSource source, StepGrid grid, Computation computation) {
    this.run = run;
    this.grid = grid;
    this.computation = computation;
    this.function = computation.functions().get();
    this.detectResets =
        source.series() instanceof RangeSource.Stored stored && stored.detectResets();
    this.window = new Window(grid, source.shift(), source.rangeMillis(), computation.notes());
  }

  static SeriesOperator of(
      Evaluation run, RangeSource source, StepGrid grid, Computation computation) {
    return switch (source.series()) {
      case RangeSource.Stored stored ->
          new SeriesScan(
              run.pool(),
              stored.selection(),
              () -> new WindowOperator(run, source, grid, computation));
      case RangeSource.Computed computed -> {
        WindowOperator operator = new WindowOperator(run, source, grid, computation);
        yield () -> operator.next(computed);
      }
    };
  }

  private Optional<StepSeries> next(RangeSource.Computed series) {
    while (true) {
      Optional<RangeSource.RawSeries> raw = series.next();
      if (raw.isEmpty()) {
        return Optional.empty();
      }
      Optional<StepSeries> result = apply(raw.get());
      if (result.isPresent()) {
        return result;
      }
    }
  }

  @Override
  public Optional<StepSeries> map(Series source) {
    run.context().check();
    SampleColumn samples = SampleColumn.of(source.samples());
    return apply(
        new RangeSource.RawSeries(
            source.labels(), false, detectResets ? samples.withDetectedResets() : samples));
  }

  private Optional<StepSeries> apply(RangeSource.RawSeries raw) {
    StepSeries result = StepSeries.empty(raw.labels(), grid.count());
    window.slide(raw.labels(), raw.samples());
    function.apply(window, raw.samples(), result);
    int points = result.pointCount();
    if (points == 0) {
      return Optional.empty();
    }
    if (computation.counter()) {
      noteNonCounter(result);
    }
    run.charge(points);
    return Optional.of(
        computation.keepName() ? result.with(raw.labels(), raw.dropName()) : run.dropName(result));
  }

  private void noteNonCounter(StepSeries result) {
    String name = window.metricName();
    if (name.isEmpty() || result.hasHistograms()) {
      return;
    }
    if (!name.endsWith("_total")
        && !name.endsWith("_sum")
        && !name.endsWith("_count")
        && !name.endsWith("_bucket")) {
      window
          .notes()
          .inform(
              "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
                  + Quoting.quote(name));
    }
  }
}
