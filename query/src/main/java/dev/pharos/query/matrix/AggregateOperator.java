package dev.pharos.query.matrix;

import dev.pharos.model.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Aggregates series into groups that each become one series; groups come in the order of their first series.
public final class AggregateOperator {
  private static final class Group {
    private final Labels labels;
    private final GroupFold fold;
    private boolean dropName;

    private Group(Labels labels, GroupFold fold) {
      this.labels = labels;
      this.fold = fold;
    }
  }

  private AggregateOperator() {}

  /// The aggregation of `input`; `folds` makes one fold a group.
  public static SeriesOperator of(
      SeriesOperator input, Grouping grouping, Supplier<GroupFold> folds) {
    return SeriesOperator.deferred(() -> aggregate(input, grouping, folds));
  }

  private static List<StepSeries> aggregate(
      SeriesOperator input, Grouping grouping, Supplier<GroupFold> folds) {
    boolean byName = grouping.only() && grouping.names().contains(Labels.NAME);
    Map<Labels, Group> groups = new LinkedHashMap<>();
    for (Optional<StepSeries> next = input.next(); next.isPresent(); next = input.next()) {
      StepSeries series = next.get();
      Labels key = grouping.apply(series.labels());
      Group group = groups.get(key);
      if (group == null) {
        group = new Group(key, folds.get());
        groups.put(key, group);
      }
      group.fold.add(series);
      group.dropName |= byName && series.dropName();
    }
    List<StepSeries> results = new ArrayList<>(groups.size());
    for (Group group : groups.values()) {
      StepSeries result = group.fold.result(group.labels);
      if (!result.isEmpty()) {
        results.add(result.with(group.labels, group.dropName));
      }
    }
    return results;
  }
}
