package dev.pharos.query.matrix;

import dev.pharos.model.Labels;
import dev.pharos.model.text.NumberText;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Counts, in each group and at each point, how often each value occurs; the value becomes a label.
public final class CountValues {
  private CountValues() {}

  public static SeriesOperator of(SeriesOperator input, Grouping grouping, String label) {
    return SeriesOperator.deferred(() -> count(input, effective(grouping, label), label));
  }

  /// A `by` that names the label too would lose the group's own value of it, so does a `without`.
  private static Grouping effective(Grouping grouping, String label) {
    Set<String> names = new HashSet<>(grouping.names());
    if (grouping.only()) {
      names.remove(label);
    }
    return new Grouping(grouping.only(), names);
  }

  private static List<StepSeries> count(SeriesOperator input, Grouping grouping, String label) {
    Map<Labels, StepSeries> counts = new LinkedHashMap<>();
    for (StepSeries series : input.drain()) {
      Labels group = grouping.apply(series.labels());
      for (int i = 0; i < series.steps(); i++) {
        FloatHistogram histogram = series.histogram(i);
        if (histogram == null && !series.hasFloat(i)) {
          continue;
        }
        String text =
            histogram == null
                ? NumberText.plain(series.values()[i])
                : HistogramBuckets.text(histogram);
        Labels key = group.toBuilder().set(label, text).build();
        StepSeries result = counts.computeIfAbsent(key, k -> StepSeries.empty(k, series.steps()));
        result.setFloat(i, result.hasFloat(i) ? result.values()[i] + 1 : 1);
      }
    }
    return List.copyOf(counts.values());
  }
}
