package dev.pharos.query.promql;

import dev.pharos.model.NativeHistogram.ResetHint;
import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.HistogramMath;
import dev.pharos.query.matrix.HistogramResets;
import dev.pharos.query.matrix.StepSeries;
import java.util.Objects;
import java.util.Optional;

/// `rate`, `increase` and `delta` of series that hold histograms.
final class HistogramRate {
  private final CounterFunctions function;
  private final Window window;
  private final SampleColumn samples;

  private HistogramRate(CounterFunctions function, Window window, SampleColumn samples) {
    this.function = function;
    this.window = window;
    this.samples = samples;
  }

  static void apply(
      CounterFunctions function, Window window, SampleColumn samples, StepSeries out) {
    HistogramRate rate = new HistogramRate(function, window, samples);
    SampleColumn numbers = samples.numbers();
    StepSeries floats = StepSeries.empty(out.labels(), out.steps());
    function.apply(window.over(numbers), numbers, floats);
    for (int i = 0; i < window.steps(); i++) {
      int size = window.to(i) - window.from(i);
      int histograms = WindowFunction.histograms(samples, window.from(i), window.to(i));
      if (histograms == 0) {
        out.values()[i] = floats.values()[i];
      } else if (histograms < size) {
        window.warnMixed();
      } else if (size > 1) {
        int step = i;
        rate.change(i).ifPresent(change -> out.setHistogram(step, change));
      }
    }
  }

  private FloatHistogram at(int sample) {
    return Objects.requireNonNull(samples.histogram(sample));
  }

  private Optional<FloatHistogram> change(int step) {
    int from = window.from(step);
    int last = window.to(step) - 1;
    FloatHistogram first = at(from);
    boolean counter = function.counter();
    if (counter && gaugeWithin(from, last)) {
      window.warn("this native histogram metric is not a counter: " + window.quotedName());
    }
    if (counter && HistogramResets.isReset(first, at(from + 1))) {
      first = FloatHistogram.emptyLike(at(from + 1));
    }
    if (mixedLayouts(first, from, last)) {
      window.warnMixedLayouts();
      return Optional.empty();
    }
    FloatHistogram change =
        HistogramMath.difference(at(last), first, "subtraction", window.notes());
    if (counter) {
      FloatHistogram previous = first;
      for (int k = from + 1; k <= last; k++) {
        FloatHistogram current = at(k);
        if (HistogramResets.isReset(previous, current)) {
          change = HistogramMath.add(change, previous, "addition", window.notes());
        }
        previous = current;
      }
    } else if (at(from).hint() != ResetHint.GAUGE || at(last).hint() != ResetHint.GAUGE) {
      window.warn("this native histogram metric is not a gauge: " + window.quotedName());
    }
    double factor = function.factor(window, samples, step, at(from).count(), change.count());
    return Optional.of(HistogramMath.multiply(change, factor).withHint(ResetHint.GAUGE));
  }

  private boolean gaugeWithin(int from, int last) {
    for (int k = from; k <= last; k++) {
      if (at(k).hint() == ResetHint.GAUGE) {
        return true;
      }
    }
    return false;
  }

  private boolean mixedLayouts(FloatHistogram first, int from, int last) {
    if (at(last).customBounds() != first.customBounds()) {
      return true;
    }
    for (int k = from + 1; function.counter() && k < last; k++) {
      if (at(k).customBounds() != first.customBounds()) {
        return true;
      }
    }
    return false;
  }
}
