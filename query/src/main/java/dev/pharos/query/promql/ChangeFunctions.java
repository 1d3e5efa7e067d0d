package dev.pharos.query.promql;

import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.HistogramMath;
import dev.pharos.query.matrix.HistogramResets;
import dev.pharos.query.matrix.StepSeries;

/// `changes` and `resets`: how often neighbouring samples of a window differ, or fall.
final class ChangeFunctions implements WindowFunction {
  private final boolean resets;
  private final long anchor;

  /// @param anchor how far before a window the sample may be that its first one is compared with; 0 for none
  ChangeFunctions(boolean resets, long anchor) {
    this.resets = resets;
    this.anchor = anchor;
  }

  @Override
  public void apply(Window window, SampleColumn samples, StepSeries out) {
    // Counting once up to each sample makes every window a difference.
    int[] upTo = new int[samples.count()];
    for (int k = 1; k < upTo.length; k++) {
      upTo[k] = upTo[k - 1] + (counts(samples, k) ? 1 : 0);
    }
    for (int i = 0; i < window.steps(); i++) {
      int from = window.from(i);
      int to = window.to(i);
      if (from < to) {
        int before = anchor > 0 ? EdgeFunctions.before(window, samples, i, anchor) : -1;
        out.values()[i] = upTo[to - 1] - upTo[before >= 0 ? before : from];
      }
    }
  }

  private boolean counts(SampleColumn samples, int k) {
    FloatHistogram before = samples.histogram(k - 1);
    FloatHistogram after = samples.histogram(k);
    if (before != null || after != null) {
      if (before == null || after == null) {
        return true;
      }
      return resets
          ? HistogramResets.isReset(before, after)
          : !HistogramMath.sameObservations(before, after);
    }
    double old = samples.values()[k - 1];
    double now = samples.values()[k];
    return resets ? now < old : now != old && !(Double.isNaN(now) && Double.isNaN(old));
  }
}
