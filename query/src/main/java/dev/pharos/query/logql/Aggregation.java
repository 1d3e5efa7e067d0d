package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import dev.pharos.query.logql.syntax.LogqlExpr.Grouping;
import dev.pharos.query.logql.syntax.VectorFunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Aggregates series across their labels, step by step. Stateless.
final class Aggregation {
  private Aggregation() {}

  static List<StepSeries> run(
      VectorFunction function,
      int number,
      Optional<Grouping> grouping,
      List<StepSeries> series,
      int steps) {
    if (function == VectorFunction.SORT || function == VectorFunction.SORT_DESC) {
      return sorted(series, function == VectorFunction.SORT_DESC);
    }
    var groups = new TreeMap<Labels, List<StepSeries>>();
    for (StepSeries each : inOrder(series)) {
      groups.computeIfAbsent(group(each.labels(), grouping), k -> new ArrayList<>()).add(each);
    }
    var result = new ArrayList<StepSeries>();
    groups.forEach(
        (labels, members) -> {
          if (function == VectorFunction.TOPK || function == VectorFunction.BOTTOMK) {
            result.addAll(ranked(members, number, function == VectorFunction.TOPK, steps));
          } else {
            result.add(folded(function, labels, members, steps));
          }
        });
    return result;
  }

  private static List<StepSeries> inOrder(List<StepSeries> series) {
    return series.stream().sorted(Comparator.comparing(StepSeries::labels)).toList();
  }

  static Labels group(Labels labels, Optional<Grouping> grouping) {
    if (grouping.isEmpty()) {
      return Labels.EMPTY;
    }
    if (grouping.get().without()) {
      var rest = labels.toBuilder();
      grouping.get().labels().forEach(rest::remove);
      return rest.build();
    }
    var kept = Labels.EMPTY.toBuilder();
    for (String name : grouping.get().labels()) {
      kept.set(name, labels.get(name));
    }
    return kept.build();
  }

  private static StepSeries folded(
      VectorFunction function, Labels labels, List<StepSeries> members, int steps) {
    StepSeries result = StepSeries.empty(labels, steps);
    for (int step = 0; step < steps; step++) {
      int count = 0;
      double sum = 0;
      double min = Double.NaN;
      double max = Double.NaN;
      double mean = 0;
      double squares = 0;
      for (StepSeries each : members) {
        if (!each.present()[step]) {
          continue;
        }
        double value = each.values()[step];
        count++;
        sum += value;
        min = Double.isNaN(min) || value < min ? value : min;
        max = Double.isNaN(max) || value > max ? value : max;
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
      }
      if (count > 0) {
        result.set(
            step,
            switch (function) {
              case SUM -> sum;
              case AVG -> sum / count;
              case MIN -> min;
              case MAX -> max;
              case COUNT -> count;
              case STDVAR -> squares / count;
              case STDDEV -> Math.sqrt(squares / count);
              case TOPK, BOTTOMK, APPROX_TOPK, SORT, SORT_DESC ->
                  throw new IllegalStateException(function + " does not fold");
            });
      }
    }
    return result;
  }

  /// At each step the series with the greatest or least values; what is no number comes last, ties by labels.
  private static List<StepSeries> ranked(
      List<StepSeries> members, int number, boolean top, int steps) {
    var kept = new ArrayList<StepSeries>();
    members.forEach(each -> kept.add(StepSeries.empty(each.labels(), steps)));
    for (int step = 0; step < steps; step++) {
      int at = step;
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < members.size(); i++) {
        if (members.get(i).present()[step]) {
          order.add(i);
        }
      }
      order.sort((a, b) -> compare(members.get(a).values()[at], members.get(b).values()[at], top));
      for (int i : order.subList(0, Math.min(number, order.size()))) {
        kept.get(i).set(step, members.get(i).values()[step]);
      }
    }
    List<StepSeries> result = kept.stream().filter(each -> each.points() > 0).toList();
    return steps == 1 ? sorted(result, top) : result;
  }

  private static int compare(double a, double b, boolean falling) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    }
    return falling ? Double.compare(b, a) : Double.compare(a, b);
  }

  /// By the value at the first step; what is no number comes last, ties by labels.
  private static List<StepSeries> sorted(List<StepSeries> series, boolean falling) {
    return inOrder(series).stream()
        .sorted((a, b) -> compare(a.values()[0], b.values()[0], falling))
        .toList();
  }
}
