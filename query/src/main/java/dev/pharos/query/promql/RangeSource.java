package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepGrid;
import dev.pharos.query.matrix.StepSeries;
import dev.pharos.store.read.Series;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Where a range function gets its series: a range selector or a subquery.
///
/// @param shift where the windows lie
/// @param rangeMillis their length
record RangeSource(TimeShift shift, long rangeMillis, Input series) {
  /// One series with all samples that any window covers.
  record RawSeries(Labels labels, boolean dropName, SampleColumn samples) {}

  /// The two kinds of input.
  sealed interface Input {}

  /// Series of the store.
  ///
  /// @param detectResets whether counter resets of histograms are looked for
  record Stored(Supplier<List<Series>> selection, boolean detectResets) implements Input {}

  /// Series of a subquery: the points of its inner expression are the samples.
  record Computed(SeriesOperator inner, StepGrid grid) implements Input {
    Optional<RawSeries> next() {
      while (true) {
        Optional<StepSeries> next = inner.next();
        if (next.isEmpty()) {
          return Optional.empty();
        }
        StepSeries series = next.get();
        SampleColumn samples = SampleColumn.of(series, grid);
        if (samples.count() > 0) {
          return Optional.of(new RawSeries(series.labels(), series.dropName(), samples));
        }
      }
    }
  }

  /// The steps of a subquery: absolute multiples of its step in `(first - range, last]`.
  static StepGrid subqueryGrid(TimeShift shift, StepGrid outer, long range, long step) {
    long after = shift.first(outer) - range;
    long start = step * (after / step);
    if (start <= after) {
      start += step;
    }
    return StepGrid.between(start, shift.last(outer), step);
  }

  /// All series at once.
  Iterable<RawSeries> all() {
    return switch (series) {
      case Stored stored ->
          () ->
              stored.selection().get().stream()
                  .map(s -> new RawSeries(s.labels(), false, SampleColumn.of(s.samples())))
                  .iterator();
      case Computed computed -> {
        List<RawSeries> found = new java.util.ArrayList<>();
        for (Optional<RawSeries> next = computed.next(); next.isPresent(); next = computed.next()) {
          found.add(next.get());
        }
        yield found;
      }
    };
  }
}
