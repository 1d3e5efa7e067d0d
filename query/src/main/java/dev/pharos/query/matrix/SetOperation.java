package dev.pharos.query.matrix;

import dev.pharos.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `and`, `or` and `unless` between two vectors, many to many, point by point.
public final class SetOperation {
  private SetOperation() {}

  public static SeriesOperator of(
      BinaryOp op, SeriesOperator left, SeriesOperator right, Grouping match) {
    return SeriesOperator.deferred(
        () ->
            switch (op) {
              case AND -> filter(left.drain(), right.drain(), match, true);
              case UNLESS -> filter(left.drain(), right.drain(), match, false);
              case OR -> union(left.drain(), right.drain(), match);
              default -> throw new IllegalArgumentException(op + " is not a set operator");
            });
  }

  private static Map<Labels, boolean[]> presence(List<StepSeries> side, Grouping match) {
    Map<Labels, boolean[]> present = new HashMap<>();
    for (StepSeries series : side) {
      boolean[] points =
          present.computeIfAbsent(match.apply(series.labels()), key -> new boolean[series.steps()]);
      for (int i = 0; i < points.length; i++) {
        points[i] |= series.has(i);
      }
    }
    return present;
  }

  private static List<StepSeries> filter(
      List<StepSeries> left, List<StepSeries> right, Grouping match, boolean keepMet) {
    Map<Labels, boolean[]> present = presence(right, match);
    List<StepSeries> kept = new ArrayList<>();
    for (StepSeries series : left) {
      boolean[] met = present.get(match.apply(series.labels()));
      if (met == null) {
        if (!keepMet) {
          kept.add(series);
        }
        continue;
      }
      for (int i = 0; i < met.length; i++) {
        if (met[i] != keepMet) {
          series.clear(i);
        }
      }
      if (!series.isEmpty()) {
        kept.add(series);
      }
    }
    return kept;
  }

  private static List<StepSeries> union(
      List<StepSeries> left, List<StepSeries> right, Grouping match) {
    Map<Labels, boolean[]> present = presence(left, match);
    Map<Labels, StepSeries> byLabels = new LinkedHashMap<>();
    List<StepSeries> all = new ArrayList<>(left);
    left.forEach(series -> byLabels.putIfAbsent(series.labels(), series));
    for (StepSeries series : right) {
      boolean[] covered = present.get(match.apply(series.labels()));
      StepSeries same = byLabels.get(series.labels());
      for (int i = 0; i < series.steps(); i++) {
        if (!series.has(i)) {
          continue;
        }
        if (covered != null && covered[i]) {
          series.clear(i);
        } else if (same != null && same.dropName() == series.dropName()) {
          same.copyPoint(i, series, i);
          series.clear(i);
        }
      }
      if (!series.isEmpty()) {
        all.add(series);
      }
    }
    return all;
  }
}
