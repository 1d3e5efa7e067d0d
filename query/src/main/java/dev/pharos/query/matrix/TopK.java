package dev.pharos.query.matrix;

import dev.pharos.model.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The `k` greatest or least series of each group, chosen anew at each point; NaN ranks last in both, and histograms
/// are ignored with an info. On a one-point grid the result is in rank order.
public final class TopK {
  private TopK() {}

  /// @param k how many at each point; less than 1 means none
  public static SeriesOperator of(
      SeriesOperator input, Grouping grouping, boolean top, long[] k, Notes notes) {
    return SeriesOperator.deferred(() -> select(input, grouping, top, k, notes));
  }

  private static List<StepSeries> select(
      SeriesOperator input, Grouping grouping, boolean top, long[] k, Notes notes) {
    Map<Labels, List<StepSeries>> groups = new LinkedHashMap<>();
    for (StepSeries series : input.drain()) {
      Folds.noteIgnoredHistograms(series, top ? "topk" : "bottomk", notes);
      groups.computeIfAbsent(grouping.apply(series.labels()), key -> new ArrayList<>()).add(series);
    }
    List<StepSeries> results = new ArrayList<>();
    for (List<StepSeries> members : groups.values()) {
      selectGroup(members, top, k, results);
    }
    return results;
  }

  private static void selectGroup(
      List<StepSeries> members, boolean top, long[] k, List<StepSeries> results) {
    int size = members.size();
    int steps = k.length;
    StepSeries[] kept = new StepSeries[size];
    int[] heap = new int[size];
    double[] column = new double[size];
    for (int i = 0; i < steps; i++) {
      int n = 0;
      for (int m = 0; m < size; m++) {
        column[m] = members.get(m).values()[i];
        if (!StepSeries.isAbsent(column[m])) {
          heap[n++] = m;
        }
      }
      int wanted = (int) Math.min(n, Math.max(0, k[i]));
      Ranking.first(heap, n, wanted, column, top);
      for (int r = 0; r < wanted; r++) {
        int m = heap[r];
        StepSeries series = kept[m];
        if (series == null) {
          Labels labels = members.get(m).labels();
          series = StepSeries.empty(labels, steps).with(labels, members.get(m).dropName());
          kept[m] = series;
          if (steps == 1) {
            results.add(series);
          }
        }
        series.setFloat(i, column[m]);
      }
    }
    if (steps > 1) {
      for (StepSeries series : kept) {
        if (series != null) {
          results.add(series);
        }
      }
    }
  }
}
