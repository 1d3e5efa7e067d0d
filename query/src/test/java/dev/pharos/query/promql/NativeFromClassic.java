package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.model.NativeHistogram;
import dev.pharos.model.NativeHistogram.ResetHint;
import dev.pharos.query.matrix.FloatHistogram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Stores the classic histograms of a `load_with_nhcb` command again as native ones with custom bounds.
final class NativeFromClassic {
  /// What one classic histogram has at one time.
  private static final class Parts {
    private final TreeMap<Double, Double> buckets = new TreeMap<>();
    private double sum;
    private double count = Double.NaN;
  }

  private NativeFromClassic() {}

  static void add(MemorySeries series, PromScript.Load load) {
    Map<Labels, TreeMap<Long, Parts>> histograms = new HashMap<>();
    for (String line : load.series()) {
      if (line.contains("@st ")) {
        continue;
      }
      SeriesNotation notation = SeriesNotation.parse(line);
      String name = notation.labels().get(Labels.NAME);
      String suffix =
          name.endsWith("_bucket")
              ? "_bucket"
              : name.endsWith("_sum") ? "_sum" : name.endsWith("_count") ? "_count" : "";
      String le = notation.labels().get("le");
      if (suffix.isEmpty() || (suffix.equals("_bucket") && le.isEmpty())) {
        continue;
      }
      Labels base =
          notation.labels().toBuilder()
              .remove("le")
              .set(Labels.NAME, name.substring(0, name.length() - suffix.length()))
              .build();
      for (int i = 0; i < notation.values().size(); i++) {
        if (notation.values().get(i).isEmpty()) {
          continue;
        }
        SeriesNotation.Value value = notation.values().get(i).get();
        if (value.histogram().isPresent()) {
          continue;
        }
        Parts parts =
            histograms
                .computeIfAbsent(base, b -> new TreeMap<>())
                .computeIfAbsent(i * load.stepMillis(), t -> new Parts());
        switch (suffix) {
          case "_sum" -> parts.sum = value.number();
          case "_count" -> parts.count = value.number();
          default -> Bounds.parse(le).ifPresent(bound -> parts.buckets.put(bound, value.number()));
        }
      }
    }
    histograms.forEach(
        (labels, times) ->
            times.forEach(
                (millis, parts) -> {
                  if (!parts.buckets.isEmpty()) {
                    series.add(labels, millis, histogram(parts));
                  }
                }));
  }

  private static FloatHistogram histogram(Parts parts) {
    List<Double> bounds = new ArrayList<>();
    double[] counts = new double[parts.buckets.size() + 1];
    double before = 0;
    int n = 0;
    for (var bucket : parts.buckets.entrySet()) {
      if (bucket.getKey() != Double.POSITIVE_INFINITY) {
        bounds.add(bucket.getKey());
      }
      counts[n++] = bucket.getValue() - before;
      before = bucket.getValue();
    }
    double count = Double.isNaN(parts.count) ? before : parts.count;
    if (!parts.buckets.containsKey(Double.POSITIVE_INFINITY)) {
      counts[n] = count - before;
    }
    return new FloatHistogram(
        NativeHistogram.CUSTOM_BOUNDS,
        count,
        parts.sum,
        0,
        0,
        FloatHistogram.Buckets.dense(0, counts),
        FloatHistogram.Buckets.NONE,
        bounds.stream().mapToDouble(Double::doubleValue).toArray(),
        ResetHint.UNKNOWN);
  }
}
