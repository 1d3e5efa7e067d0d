package dev.pharos.query.promql;

import dev.pharos.model.NativeHistogram.ResetHint;
import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.HistogramMath;
import dev.pharos.query.matrix.HistogramResets;
import dev.pharos.query.matrix.StepSeries;

/// `irate` and `idelta` where one of the last two samples is a histogram.
final class HistogramPair {
  private HistogramPair() {}

  static void apply(boolean rate, Window window, SampleColumn samples, int step, StepSeries out) {
    int last = window.to(step) - 1;
    FloatHistogram newer = samples.histogram(last);
    FloatHistogram older = samples.histogram(last - 1);
    if (newer == null || older == null) {
      window.warnMixed();
      return;
    }
    if (rate && (newer.hint() == ResetHint.GAUGE || older.hint() == ResetHint.GAUGE)) {
      window.warn("this native histogram metric is not a counter: " + window.quotedName());
    }
    if (!rate && (newer.hint() != ResetHint.GAUGE || older.hint() != ResetHint.GAUGE)) {
      window.warn("this native histogram metric is not a gauge: " + window.quotedName());
    }
    FloatHistogram change = newer;
    if (!rate || !HistogramResets.isReset(older, newer)) {
      if (newer.customBounds() != older.customBounds()) {
        window.warnMixedLayouts();
        return;
      }
      change = HistogramMath.difference(newer, older, "subtraction", window.notes());
    }
    if (rate) {
      change =
          HistogramMath.divide(
              change, (samples.millis()[last] - samples.millis()[last - 1]) / 1000.0);
    }
    out.setHistogram(step, change.withHint(ResetHint.GAUGE));
  }
}
