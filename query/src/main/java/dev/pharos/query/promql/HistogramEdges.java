package dev.pharos.query.promql;

import dev.pharos.model.NativeHistogram.ResetHint;
import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.HistogramMath;
import dev.pharos.query.matrix.HistogramResets;
import dev.pharos.query.matrix.Notes;
import java.util.Objects;
import java.util.Optional;

/// The change of histograms over a window whose edges are anchored or smoothed.
final class HistogramEdges {
  private final Window window;
  private final SampleColumn samples;
  private final boolean counter;
  private final boolean smoothed;

  HistogramEdges(Window window, SampleColumn samples, boolean counter, boolean smoothed) {
    this.window = window;
    this.samples = samples;
    this.counter = counter;
    this.smoothed = smoothed;
  }

  private FloatHistogram at(int sample) {
    return Objects.requireNonNull(samples.histogram(sample));
  }

  /// The change from sample `first` to sample `last`, each possibly outside the window; none if they do not go
  /// together.
  Optional<FloatHistogram> change(int step, int first, int last) {
    if (counter && gaugeWithin(first, last)) {
      window.warn("this native histogram metric is not a counter: " + window.quotedName());
    }
    if (!counter && (at(first).hint() != ResetHint.GAUGE || at(last).hint() != ResetHint.GAUGE)) {
      window.warn("this native histogram metric is not a gauge: " + window.quotedName());
    }
    for (int k = first + 1; k <= last; k++) {
      if (at(k).customBounds() != at(first).customBounds()) {
        window.warnMixedLayouts();
        return Optional.empty();
      }
    }
    boolean left = smoothed && samples.millis()[first] < window.start(step) && first < last;
    boolean right = smoothed && samples.millis()[last] > window.end(step) && first < last;
    FloatHistogram start =
        left ? between(samples, first, window.start(step), counter, window.notes()) : at(first);
    FloatHistogram end =
        right ? between(samples, last - 1, window.end(step), counter, window.notes()) : at(last);
    FloatHistogram change = HistogramMath.difference(end, start, "subtraction", window.notes());
    if (counter) {
      FloatHistogram previous = start;
      for (int k = first + 1; k <= last; k++) {
        FloatHistogram current = k == last ? end : at(k);
        // What a line over a reset yields is already on the new scale, whatever the next sample's
        // hint says.
        FloatHistogram judged =
            left && k == first + 1 ? current.withHint(ResetHint.UNKNOWN) : current;
        if (HistogramResets.isReset(previous, judged)) {
          change = HistogramMath.add(change, previous, "addition", window.notes());
        }
        previous = current;
      }
    }
    return Optional.of(change.withHint(ResetHint.GAUGE));
  }

  private boolean gaugeWithin(int first, int last) {
    for (int k = first; k <= last; k++) {
      if (at(k).hint() == ResetHint.GAUGE) {
        return true;
      }
    }
    return false;
  }

  /// The line through a histogram and the next one, at a time between them; over a reset of a counter it starts from
  /// nothing. Both must be of one layout.
  static FloatHistogram between(
      SampleColumn samples, int index, long millis, boolean counter, Notes notes) {
    FloatHistogram before = Objects.requireNonNull(samples.histogram(index));
    FloatHistogram after = Objects.requireNonNull(samples.histogram(index + 1));
    double part =
        (millis - samples.millis()[index])
            / (double) (samples.millis()[index + 1] - samples.millis()[index]);
    if (counter && HistogramResets.isReset(before, after)) {
      return HistogramMath.multiply(after, part).withHint(ResetHint.RESET);
    }
    FloatHistogram grown =
        HistogramMath.multiply(HistogramMath.difference(after, before, "subtraction", notes), part);
    return HistogramMath.add(
        before.withHint(ResetHint.UNKNOWN), grown.withHint(ResetHint.UNKNOWN), "addition", notes);
  }
}
