package dev.pharos.query.promql;

import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `sort` and its kin, which order the series of an instant query.
final class SortFunctions {
  private SortFunctions() {}

  /// By value, NaN last either way; series that have no number at the step vanish.
  static SeriesOperator byValue(SeriesOperator input, boolean descending) {
    return SeriesOperator.deferred(
        () -> {
          List<StepSeries> series = new ArrayList<>(input.drain());
          series.removeIf(s -> !s.hasFloat(0));
          series.sort(
              (a, b) -> {
                double x = a.values()[0];
                double y = b.values()[0];
                if (Double.isNaN(x) || Double.isNaN(y)) {
                  return Boolean.compare(Double.isNaN(x), Double.isNaN(y));
                }
                return descending ? Double.compare(y, x) : Double.compare(x, y);
              });
          return series;
        });
  }

  /// By the values of labels in natural order, then by the whole label set.
  static SeriesOperator byLabels(SeriesOperator input, List<String> labels, boolean descending) {
    Comparator<StepSeries> order =
        (a, b) -> {
          for (String label : labels) {
            int natural = NaturalOrder.compare(a.labels().get(label), b.labels().get(label));
            if (natural != 0) {
              return natural;
            }
          }
          return a.labels().compareTo(b.labels());
        };
    return SeriesOperator.deferred(
        () -> {
          List<StepSeries> series = new ArrayList<>(input.drain());
          series.sort(descending ? order.reversed() : order);
          return series;
        });
  }
}
