package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.model.NativeHistogram.ResetHint;
import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.Notes;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.Samples;
import dev.pharos.store.read.Series;
import java.util.List;
import java.util.Optional;

/// `selector smoothed`: at each step the value of the line through the samples before and after it, both no further
/// than the lookback; without a later sample the earlier one counts.
final class SmoothedSelector implements SeriesScan.Mapper {
  private final Evaluation run;
  private final StepGrid grid;
  private final TimeShift shift;
  private final Notes notes;
  private final long lookback;

  private SmoothedSelector(Evaluation run, StepGrid grid, TimeShift shift, Notes notes) {
    this.run = run;
    this.grid = grid;
    this.shift = shift;
    this.notes = notes;
    this.lookback = run.options().lookbackMillis();
  }

  static SeriesOperator of(Evaluation run, Expr.VectorSelector selector, StepGrid grid) {
    TimeShift shift = run.shift(selector.at(), selector.offset());
    long lookback = run.options().lookbackMillis();
    List<Matcher> matchers = Matchers.compile(selector.matchers());
    return new SeriesScan(
        run.pool(),
        () -> run.select(matchers, shift.first(grid) - lookback + 1, shift.last(grid) + lookback),
        () -> new SmoothedSelector(run, grid, shift, run.notes(selector)));
  }

  @Override
  public Optional<StepSeries> map(Series source) {
    run.context().check();
    SampleColumn samples = SampleColumn.withMarkers(source.samples());
    StepSeries result = StepSeries.empty(source.labels(), grid.count());
    int newest = -1;
    for (int i = 0; i < grid.count(); i++) {
      long time = shift.reference(grid, i);
      while (newest + 1 < samples.count() && samples.millis()[newest + 1] <= time) {
        newest++;
      }
      if (newest < 0
          || samples.millis()[newest] <= time - lookback
          || Samples.isStale(samples.values()[newest])) {
        continue;
      }
      int next = newest + 1;
      boolean follows =
          samples.millis()[newest] < time
              && next < samples.count()
              && samples.millis()[next] <= time + lookback
              && !Samples.isStale(samples.values()[next]);
      put(source.labels(), samples, newest, follows, time, result, i);
    }
    int points = result.pointCount();
    run.charge(points);
    return points == 0 ? Optional.empty() : Optional.of(result);
  }

  private void put(
      Labels labels,
      SampleColumn samples,
      int newest,
      boolean follows,
      long time,
      StepSeries result,
      int step) {
    FloatHistogram before = samples.histogram(newest);
    FloatHistogram after = follows ? samples.histogram(newest + 1) : before;
    String name = Quoting.quote(labels.get(Labels.NAME));
    if ((before == null) != (after == null)) {
      notes.warn("encountered a mix of histograms and floats for metric name " + name);
    } else if (before == null || after == null) {
      double value = samples.values()[newest];
      if (follows) {
        double part =
            (time - samples.millis()[newest])
                / (double) (samples.millis()[newest + 1] - samples.millis()[newest]);
        value += (samples.values()[newest + 1] - value) * part;
      }
      result.setFloat(step, value);
    } else if (before.customBounds() != after.customBounds()) {
      notes.warn(
          "vector contains a mix of histograms with exponential and custom buckets schemas for metric name "
              + name);
    } else {
      boolean counter = before.hint() != ResetHint.GAUGE && after.hint() != ResetHint.GAUGE;
      result.setHistogram(
          step, follows ? HistogramEdges.between(samples, newest, time, counter, notes) : before);
    }
  }
}
