package dev.pharos.api.prometheus;

import dev.pharos.model.Labels;
import dev.pharos.model.NativeHistogram;
import dev.pharos.model.Tenant;
import dev.pharos.store.read.Exemplar;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.MetricMetadata;
import dev.pharos.store.read.Samples;
import dev.pharos.store.read.Series;
import dev.pharos.store.read.SeriesExemplars;
import dev.pharos.store.read.SeriesReader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Series in memory. A range that does not fit into nanoseconds is refused, as a store may do.
final class MemorySeries implements SeriesReader {
  private record Point(double value, NativeHistogram histogram) {}

  private final TreeMap<Labels, TreeMap<Long, Point>> series = new TreeMap<>();
  private final List<MetricMetadata> metadata = new ArrayList<>();
  private final TreeMap<Labels, List<Exemplar>> exemplars = new TreeMap<>();

  void add(Labels labels, long millis, double value) {
    series.computeIfAbsent(labels, ignored -> new TreeMap<>()).put(millis, new Point(value, null));
  }

  void add(Labels labels, long millis, NativeHistogram histogram) {
    series
        .computeIfAbsent(labels, ignored -> new TreeMap<>())
        .put(millis, new Point(histogram.sum(), histogram));
  }

  void describe(MetricMetadata one) {
    metadata.add(one);
  }

  void exemplar(Labels labels, Exemplar exemplar) {
    exemplars.computeIfAbsent(labels, ignored -> new ArrayList<>()).add(exemplar);
  }

  @Override
  public List<Series> select(
      Tenant tenant, List<Matcher> matchers, long fromMillis, long toMillis) {
    requireNanos(fromMillis, toMillis);
    List<Series> found = new ArrayList<>();
    series.forEach(
        (labels, points) -> {
          var within =
              fromMillis > toMillis
                  ? new TreeMap<Long, Point>()
                  : points.subMap(fromMillis, true, toMillis, true);
          if (!within.isEmpty() && chosen(labels, List.of(matchers))) {
            found.add(new Found(labels, new TreeMap<>(within)));
          }
        });
    return found;
  }

  private record Found(Labels labels, TreeMap<Long, Point> points) implements Series {
    @Override
    public String resourceAttribute(String key) {
      return "";
    }

    @Override
    public Samples samples() {
      long[] millis = points.keySet().stream().mapToLong(Long::longValue).toArray();
      double[] values = points.values().stream().mapToDouble(Point::value).toArray();
      NativeHistogram[] histograms =
          points.values().stream().map(Point::histogram).toArray(NativeHistogram[]::new);
      return new Samples(millis.length, millis, values, histograms);
    }
  }

  private static boolean chosen(Labels labels, List<List<Matcher>> selectors) {
    return selectors.isEmpty()
        || selectors.stream()
            .anyMatch(all -> all.stream().allMatch(one -> one.matches(labels.get(one.name()))));
  }

  private static void requireNanos(long fromMillis, long toMillis) {
    Math.multiplyExact(fromMillis, 1_000_000L);
    Math.multiplyExact(toMillis, 1_000_000L);
  }

  @Override
  public List<Labels> series(
      Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
    requireNanos(fromMillis, toMillis);
    List<Labels> found = new ArrayList<>();
    series.forEach(
        (labels, points) -> {
          Long first = points.ceilingKey(fromMillis);
          if (first != null && first <= toMillis && chosen(labels, selectors)) {
            found.add(labels);
          }
        });
    return found;
  }

  @Override
  public List<String> labelNames(
      Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
    var names = new TreeSet<String>();
    series(tenant, selectors, fromMillis, toMillis)
        .forEach(labels -> labels.forEach((name, value) -> names.add(name)));
    return List.copyOf(names);
  }

  @Override
  public List<String> labelValues(
      Tenant tenant, String name, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
    var values = new TreeSet<String>();
    series(tenant, selectors, fromMillis, toMillis)
        .forEach(labels -> labels.find(name).ifPresent(values::add));
    return List.copyOf(values);
  }

  @Override
  public List<MetricMetadata> metadata(Tenant tenant) {
    return metadata;
  }

  @Override
  public List<SeriesExemplars> exemplars(
      Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
    requireNanos(fromMillis, toMillis);
    List<SeriesExemplars> found = new ArrayList<>();
    exemplars.forEach(
        (labels, all) -> {
          if (chosen(labels, selectors)) {
            List<Exemplar> within =
                all.stream()
                    .filter(one -> one.millis() >= fromMillis && one.millis() <= toMillis)
                    .toList();
            if (!within.isEmpty()) {
              found.add(new SeriesExemplars(labels, within));
            }
          }
        });
    return found;
  }
}
