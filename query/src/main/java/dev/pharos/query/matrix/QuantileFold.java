package dev.pharos.query.matrix;

import dev.pharos.model.Labels;
import java.util.ArrayList;
import java.util.List;

/// A quantile of a group's numbers at each point. Histograms are ignored, with an info.
final class QuantileFold implements GroupFold {
  private final double[] phi;
  private final Notes notes;
  private final List<double[]> columns = new ArrayList<>();

  /// @param phi the quantile wanted at each point
  QuantileFold(double[] phi, Notes notes) {
    this.phi = phi;
    this.notes = notes;
  }

  @Override
  public void add(StepSeries series) {
    columns.add(series.values());
    Folds.noteIgnoredHistograms(series, "quantile", notes);
  }

  @Override
  public StepSeries result(Labels labels) {
    StepSeries result = StepSeries.empty(labels, phi.length);
    double[] values = new double[columns.size()];
    for (int i = 0; i < phi.length; i++) {
      int n = 0;
      for (double[] column : columns) {
        if (!StepSeries.isAbsent(column[i])) {
          values[n++] = column[i];
        }
      }
      if (n > 0) {
        result.setFloat(i, Quantiles.of(phi[i], values, n));
      }
    }
    return result;
  }
}
