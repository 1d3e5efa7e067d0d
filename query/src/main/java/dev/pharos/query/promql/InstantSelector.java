package dev.pharos.query.promql;

import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import dev.pharos.store.read.Samples;
import dev.pharos.store.read.Series;
import java.util.Iterator;
import java.util.Optional;

/// Reads at each step the newest sample that is younger than the lookback; a stale marker means none.
final class InstantSelector implements SeriesOperator {
  private final Evaluation run;
  private final Expr.VectorSelector selector;
  private final StepGrid grid;
  private final boolean timestamps;
  private final TimeShift shift;
  private final long lookback;
  private Optional<Iterator<Series>> series = Optional.empty();

  /// @param timestamps whether the result is the time of the sample, in seconds, instead of its value
  InstantSelector(Evaluation run, Expr.VectorSelector selector, StepGrid grid, boolean timestamps) {
    this.run = run;
    this.selector = selector;
    this.grid = grid;
    this.timestamps = timestamps;
    this.shift = run.shift(selector.at(), selector.offset());
    this.lookback = run.options().lookbackMillis();
  }

  @Override
  public Optional<StepSeries> next() {
    if (series.isEmpty()) {
      series = Optional.of(run.reader()
          .select(run.tenant(), Matchers.compile(selector.matchers()), shift.first(grid) - lookback + 1, shift.last(grid))
          .iterator());
    }
    Iterator<Series> rest = series.get();
    while (rest.hasNext()) {
      Series source = rest.next();
      StepSeries result = read(source, SampleColumn.withMarkers(source.samples()));
      int points = result.pointCount();
      if (points > 0) {
        run.charge(points);
        return Optional.of(result);
      }
    }
    return Optional.empty();
  }

  private StepSeries read(Series source, SampleColumn samples) {
    StepSeries result = StepSeries.empty(source.labels(), grid.count());
    double[] values = result.values();
    long[] millis = samples.millis();
    int newest = -1;
    for (int i = 0; i < values.length; i++) {
      long time = shift.reference(grid, i);
      while (newest + 1 < samples.count() && millis[newest + 1] <= time) {
        newest++;
      }
      if (newest < 0 || millis[newest] <= time - lookback || Samples.isStale(samples.values()[newest])) {
        continue;
      }
      FloatHistogram histogram = samples.histogram(newest);
      if (timestamps) {
        values[i] = millis[newest] / 1000.0;
      } else if (histogram != null) {
        result.setHistogram(i, histogram);
      } else {
        values[i] = samples.values()[newest];
      }
    }
    return result;
  }
}
