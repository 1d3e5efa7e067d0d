package dev.pharos.query.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A pull operator: yields the series of its result one after the other, each once, and owns nothing of what it
/// yielded.
///
/// One thread at a time. An operator that must see all its input first does so on the first call.
@FunctionalInterface
public interface SeriesOperator {
  /// The next series; empty after the last, and from then on.
  Optional<StepSeries> next();

  /// Everything that is left, in order.
  default List<StepSeries> drain() {
    List<StepSeries> all = new ArrayList<>();
    for (Optional<StepSeries> series = next(); series.isPresent(); series = next()) {
      all.add(series.get());
    }
    return all;
  }

  /// An operator over series that are there already.
  static SeriesOperator of(List<StepSeries> series) {
    var rest = series.iterator();
    return () -> rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
  }

  /// An operator whose whole result is computed on the first call.
  static SeriesOperator deferred(java.util.function.Supplier<List<StepSeries>> computation) {
    return new SeriesOperator() {
      private Optional<SeriesOperator> computed = Optional.empty();

      @Override
      public Optional<StepSeries> next() {
        if (computed.isEmpty()) {
          computed = Optional.of(of(computation.get()));
        }
        return computed.get().next();
      }
    };
  }
}
