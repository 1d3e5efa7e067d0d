package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.query.matrix.Grouping;
import dev.pharos.query.matrix.SeriesOperator;
import dev.pharos.query.matrix.StepSeries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `limitk` and `limit_ratio`: a part of the series, whatever their values.
final class SampleLimits {
  private SampleLimits() {}

  /// The first `k` series of each group that have a point, at each step.
  static SeriesOperator first(SeriesOperator input, Grouping grouping, long[] k) {
    Map<Labels, long[]> taken = new HashMap<>();
    return SeriesOperator.deferred(
        () -> {
          List<StepSeries> kept = new ArrayList<>();
          for (StepSeries series : input.drain()) {
            long[] count =
                taken.computeIfAbsent(grouping.apply(series.labels()), key -> new long[k.length]);
            for (int i = 0; i < k.length; i++) {
              if (series.has(i) && ++count[i] > k[i]) {
                series.clear(i);
              }
            }
            if (!series.isEmpty()) {
              kept.add(series);
            }
          }
          return kept;
        });
  }

  /// The series whose hash lies in the given part of all hashes; a negative ratio is the complement.
  static SeriesOperator ratio(SeriesOperator input, double[] ratios) {
    return SeriesOperator.deferred(
        () -> {
          List<StepSeries> kept = new ArrayList<>();
          for (StepSeries series : input.drain()) {
            double position = position(series.labels());
            for (int i = 0; i < ratios.length; i++) {
              boolean in = ratios[i] >= 0 ? position < ratios[i] : position >= 1 + ratios[i];
              if (!in) {
                series.clear(i);
              }
            }
            if (!series.isEmpty()) {
              kept.add(series);
            }
          }
          return kept;
        });
  }

  /// Where the labels stand among all hashes, from 0 inclusive to 1 exclusive.
  private static double position(Labels labels) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < labels.size(); i++) {
      hash = mix(mix(hash, labels.name(i)), labels.value(i));
    }
    hash ^= hash >>> 32;
    hash *= 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 29;
    return (hash >>> 11) * 0x1.0p-53;
  }

  private static long mix(long hash, String text) {
    long mixed = hash;
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * 0x100000001b3L;
    }
    return (mixed ^ 0xff) * 0x100000001b3L;
  }
}
