package dev.pharos.query.matrix;

import java.util.function.Supplier;

/// Makes the folds of the aggregations that yield one series a group.
public final class Folds {
  private Folds() {}

  public static Supplier<GroupFold> sum(int steps, Notes notes) {
    return () -> new SumFold(false, steps, notes);
  }

  public static Supplier<GroupFold> average(int steps, Notes notes) {
    return () -> new SumFold(true, steps, notes);
  }

  public static Supplier<GroupFold> count(int steps) {
    return () -> new CountFold(false, steps);
  }

  public static Supplier<GroupFold> ones(int steps) {
    return () -> new CountFold(true, steps);
  }

  public static Supplier<GroupFold> min(int steps, Notes notes) {
    return () -> new ExtremumFold(false, steps, notes);
  }

  public static Supplier<GroupFold> max(int steps, Notes notes) {
    return () -> new ExtremumFold(true, steps, notes);
  }

  public static Supplier<GroupFold> deviation(int steps, Notes notes) {
    return () -> new DeviationFold(true, steps, notes);
  }

  public static Supplier<GroupFold> variance(int steps, Notes notes) {
    return () -> new DeviationFold(false, steps, notes);
  }

  /// @param phi the quantile wanted at each point
  public static Supplier<GroupFold> quantile(double[] phi, Notes notes) {
    return () -> new QuantileFold(phi, notes);
  }

  static void noteIgnoredHistograms(StepSeries series, String aggregation, Notes notes) {
    if (!series.hasHistograms()) {
      return;
    }
    for (int i = 0; i < series.steps(); i++) {
      if (series.histogram(i) != null) {
        notes.inform("ignored histogram in " + aggregation + " aggregation");
        return;
      }
    }
  }
}
