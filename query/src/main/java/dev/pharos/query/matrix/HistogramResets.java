package dev.pharos.query.matrix;

import dev.pharos.model.NativeHistogram.ResetHint;
import dev.pharos.query.matrix.FloatHistogram.Buckets;
import java.util.Arrays;

/// Detects counter resets between two histograms of a series.
public final class HistogramResets {
  private HistogramResets() {}

  /// Whether `after` cannot be `before` with more observations: its hint says so, or something fell or became finer.
  public static boolean isReset(FloatHistogram before, FloatHistogram after) {
    if (after.hint() == ResetHint.RESET) {
      return true;
    }
    if (after.hint() == ResetHint.NOT_RESET) {
      return false;
    }
    if (after.count() < before.count() || after.customBounds() != before.customBounds()) {
      return true;
    }
    if (after.customBounds()) {
      double[] common = HistogramLayout.commonBounds(before.bounds(), after.bounds());
      return Arrays.equals(before.bounds(), after.bounds())
          ? fell(before.positive(), after.positive())
          : fell(
              HistogramLayout.withBounds(before, common).positive(),
              HistogramLayout.withBounds(after, common).positive());
    }
    if (after.schema() > before.schema() || after.zeroThreshold() < before.zeroThreshold()) {
      return true;
    }
    HistogramLayout.Zero zero = HistogramLayout.widened(before, after.zeroThreshold());
    if (zero.threshold() != after.zeroThreshold() || after.zeroCount() < zero.count()) {
      return true;
    }
    FloatHistogram old =
        HistogramLayout.reduced(HistogramLayout.withZero(before, zero), after.schema());
    return fell(old.positive(), after.positive()) || fell(old.negative(), after.negative());
  }

  private static boolean fell(Buckets before, Buckets after) {
    int j = 0;
    for (int i = 0; i < before.size(); i++) {
      while (j < after.size() && after.indexes()[j] < before.indexes()[i]) {
        j++;
      }
      double now =
          j < after.size() && after.indexes()[j] == before.indexes()[i] ? after.counts()[j] : 0;
      if (now < before.counts()[i]) {
        return true;
      }
    }
    return false;
  }
}
