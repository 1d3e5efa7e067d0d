package dev.pharos.query.promql;

import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.Samples;
import dev.pharos.store.read.Series;
import java.util.List;
import java.util.Optional;

/// Reads at each step the newest sample that is younger than the lookback; a stale marker means none.
final class InstantSelector implements SeriesScan.Mapper {
  private final Evaluation run;
  private final StepGrid grid;
  private final boolean timestamps;
  private final boolean detectResets;
  private final TimeShift shift;
  private final long lookback;

  private InstantSelector(
      Evaluation run, StepGrid grid, TimeShift shift, boolean timestamps, boolean detectResets) {
    this.run = run;
    this.grid = grid;
    this.timestamps = timestamps;
    this.detectResets = detectResets;
    this.shift = shift;
    this.lookback = run.options().lookbackMillis();
  }

  /// @param timestamps whether the result is the time of the sample, in seconds, instead of its value
  /// @param detectResets whether counter resets of histograms are looked for
  static SeriesOperator of(
      Evaluation run,
      Expr.VectorSelector selector,
      StepGrid grid,
      boolean timestamps,
      boolean detectResets) {
    TimeShift shift = run.shift(selector.at(), selector.offset());
    long from = shift.first(grid) - run.options().lookbackMillis() + 1;
    List<Matcher> matchers = Matchers.compile(selector.matchers());
    return new SeriesScan(
        run.pool(),
        () -> run.select(matchers, from, shift.last(grid)),
        () -> new InstantSelector(run, grid, shift, timestamps, detectResets));
  }

  @Override
  public Optional<StepSeries> map(Series source) {
    run.context().check();
    StepSeries result = StepSeries.empty(source.labels(), grid.count());
    SampleColumn samples = SampleColumn.withMarkers(source.samples());
    int points = read(detectResets ? samples.withDetectedResets() : samples, result);
    if (points == 0) {
      return Optional.empty();
    }
    run.charge(points);
    return Optional.of(result);
  }

  private int read(SampleColumn samples, StepSeries result) {
    double[] values = result.values();
    long[] millis = samples.millis();
    int newest = -1;
    int points = 0;
    for (int i = 0; i < values.length; i++) {
      long time = shift.reference(grid, i);
      while (newest + 1 < samples.count() && millis[newest + 1] <= time) {
        newest++;
      }
      if (newest < 0
          || millis[newest] <= time - lookback
          || Samples.isStale(samples.values()[newest])) {
        continue;
      }
      points++;
      FloatHistogram histogram = samples.histogram(newest);
      if (timestamps) {
        values[i] = millis[newest] / 1000.0;
      } else if (histogram != null) {
        result.setHistogram(i, histogram);
      } else {
        values[i] = samples.values()[newest];
      }
    }
    return points;
  }
}
