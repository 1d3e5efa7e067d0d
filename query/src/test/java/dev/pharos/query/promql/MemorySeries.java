package dev.pharos.query.promql;

import dev.pharos.model.Labels;
import dev.pharos.model.NativeHistogram;
import dev.pharos.model.NativeHistogram.ResetHint;
import dev.pharos.model.Tenant;
import dev.pharos.query.matrix.FloatHistogram;
import dev.pharos.query.matrix.HistogramResets;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.MetricMetadata;
import dev.pharos.store.read.Samples;
import dev.pharos.store.read.Series;
import dev.pharos.store.read.SeriesExemplars;
import dev.pharos.store.read.SeriesReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Series in memory, the simplest [SeriesReader] there is.
final class MemorySeries implements SeriesReader {
  /// A number, or a histogram.
  record Sample(double value, FloatHistogram histogram) {}

  private final TreeMap<Labels, TreeMap<Long, Sample>> series = new TreeMap<>();

  private final Map<Labels, Labels> resources = new HashMap<>();

  /// Says which attributes the Resource behind a series has.
  void resource(Labels labels, Labels attributes) {
    resources.put(labels, attributes);
  }

  void clear() {
    series.clear();
  }

  void add(Labels labels, long millis, double value) {
    series.computeIfAbsent(labels, l -> new TreeMap<>()).put(millis, new Sample(value, null));
  }

  void add(Labels labels, long millis, FloatHistogram histogram) {
    TreeMap<Long, Sample> samples = series.computeIfAbsent(labels, l -> new TreeMap<>());
    samples.put(
        millis,
        new Sample(
            histogram.sum(), histogram.withHint(hint(samples.lowerEntry(millis), histogram))));
  }

  /// The hint that Prometheus' storage gives a sample when it is read.
  private static ResetHint hint(Map.Entry<Long, Sample> before, FloatHistogram histogram) {
    if (histogram.hint() == ResetHint.GAUGE) {
      return ResetHint.GAUGE;
    }
    if (before == null
        || before.getValue().histogram() == null
        || histogram.hint() == ResetHint.RESET
        || before.getValue().histogram().hint() == ResetHint.GAUGE
        || HistogramResets.isReset(
            before.getValue().histogram(), histogram.withHint(ResetHint.UNKNOWN))) {
      return ResetHint.UNKNOWN;
    }
    return ResetHint.NOT_RESET;
  }

  @Override
  public List<Series> select(
      Tenant tenant, List<Matcher> matchers, long fromMillis, long toMillis) {
    List<Series> found = new ArrayList<>();
    series.forEach(
        (labels, samples) -> {
          NavigableMap<Long, Sample> within =
              fromMillis > toMillis
                  ? new TreeMap<>()
                  : samples.subMap(fromMillis, true, toMillis, true);
          if (!within.isEmpty()
              && matchers.stream().allMatch(m -> m.matches(labels.get(m.name())))) {
            found.add(new Found(labels, within, resources.getOrDefault(labels, Labels.EMPTY)));
          }
        });
    return found;
  }

  private record Found(Labels labels, Map<Long, Sample> within, Labels resource) implements Series {
    @Override
    public String resourceAttribute(String key) {
      return resource.get(key);
    }

    @Override
    public Samples samples() {
      int n = within.size();
      long[] millis = new long[n];
      double[] values = new double[n];
      NativeHistogram[] histograms = new NativeHistogram[n];
      boolean any = false;
      int i = 0;
      for (var entry : within.entrySet()) {
        millis[i] = entry.getKey();
        values[i] = entry.getValue().value();
        if (entry.getValue().histogram() != null) {
          histograms[i] = stored(entry.getValue().histogram());
          any = true;
        }
        i++;
      }
      return new Samples(n, millis, values, any ? histograms : new NativeHistogram[0]);
    }
  }

  private static NativeHistogram stored(FloatHistogram h) {
    return new NativeHistogram(
        h.schema(),
        h.count(),
        h.sum(),
        h.zeroThreshold(),
        h.zeroCount(),
        spans(h.positive()),
        spans(h.negative()),
        h.bounds(),
        h.hint());
  }

  private static NativeHistogram.Spans spans(FloatHistogram.Buckets buckets) {
    int[] offsets = new int[buckets.size()];
    int[] lengths = new int[buckets.size()];
    int after = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = buckets.indexes()[i] - after;
      lengths[i] = 1;
      after = buckets.indexes()[i] + 1;
    }
    return new NativeHistogram.Spans(offsets, lengths, buckets.counts());
  }

  @Override
  public List<Labels> series(
      Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> labelNames(
      Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> labelValues(
      Tenant tenant, String name, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<MetricMetadata> metadata(Tenant tenant) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<SeriesExemplars> exemplars(
      Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
    throw new UnsupportedOperationException();
  }
}
