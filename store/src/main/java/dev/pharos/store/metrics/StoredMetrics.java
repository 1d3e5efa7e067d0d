package dev.pharos.store.metrics;

import dev.pharos.model.Labels;
import dev.pharos.model.Tenant;
import dev.pharos.store.read.Exemplar;
import dev.pharos.store.read.Matcher;
import dev.pharos.store.read.MetricMetadata;
import dev.pharos.store.read.Series;
import dev.pharos.store.read.SeriesExemplars;
import dev.pharos.store.read.SeriesReader;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Reads metrics out of head and segments as one snapshot.
///
/// Segments that selected series still refer to stay on disk until those series are garbage. Any thread.
public final class StoredMetrics implements SeriesReader {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final long MILLI = 1_000_000L;

  private final MetricData data;
  private final LongSupplier earliestNanos;

  /// @param earliestNanos samples before are past retention and not shown
  public StoredMetrics(MetricData data, LongSupplier earliestNanos) {
    this.data = data;
    this.earliestNanos = earliestNanos;
  }

  private long shown(long fromMillis) {
    long earliest = earliestNanos.getAsLong();
    return earliest == Long.MIN_VALUE
        ? fromMillis
        : Math.max(fromMillis, Math.ceilDiv(earliest, MILLI));
  }

  @Override
  public List<Series> select(
      Tenant tenant, List<Matcher> matchers, long fromMillis, long toMillis) {
    long from = shown(fromMillis);
    if (from > toMillis) {
      return List.of();
    }
    var filter = SeriesFilter.of(matchers);
    Map<Labels, SelectedSeries> found = new HashMap<>();
    var uses = new SegmentUses();
    List<SegmentUse> segments =
        data.snapshot(
            tenant,
            from,
            toMillis,
            head -> {
              for (HeadSeries series : head.select(filter)) {
                if (series.touches(from, toMillis) && isBehind(filter, series, from, toMillis)) {
                  var selected = new SelectedSeries(series.labels(), from, toMillis, uses);
                  series.chunks().forEach(chunk -> selected.add(chunk.view(), chunk.resources()));
                  found.put(series.labels(), selected);
                }
              }
            });
    uses.hold(segments, CLEANER);
    for (SegmentUse handle : segments) {
      MetricSegment segment = handle.segment();
      for (int series : segment.select(filter, from, toMillis)) {
        if (segment.touches(series, from, toMillis)) {
          found
              .computeIfAbsent(
                  segment.labels(series),
                  labels -> new SelectedSeries(labels, from, toMillis, uses))
              .add(segment, series);
        }
      }
    }
    var sorted = new ArrayList<Series>(found.values());
    sorted.sort(Comparator.comparing(Series::labels));
    return sorted;
  }

  private static boolean isBehind(
      SeriesFilter filter, HeadSeries series, long fromMillis, long toMillis) {
    for (SampleChunk chunk : series.chunks()) {
      if (filter.takes(chunk.resources(), fromMillis, toMillis)) {
        return true;
      }
    }
    return false;
  }

  /// Hands over the labels of each series that satisfies any of the selectors, some of them more than once.
  private void forEach(
      Tenant tenant,
      List<List<Matcher>> selectors,
      long fromMillis,
      long toMillis,
      Consumer<Labels> each) {
    long from = shown(fromMillis);
    List<SeriesFilter> filters = filters(selectors);
    List<SegmentUse> segments =
        data.snapshot(
            tenant,
            from,
            toMillis,
            head -> {
              for (SeriesFilter filter : filters) {
                for (HeadSeries series : head.select(filter)) {
                  if (series.touches(from, toMillis) && isBehind(filter, series, from, toMillis)) {
                    each.accept(series.labels());
                  }
                }
              }
            });
    try {
      for (SegmentUse handle : segments) {
        MetricSegment segment = handle.segment();
        for (SeriesFilter filter : filters) {
          for (int series : segment.select(filter, from, toMillis)) {
            if (segment.touches(series, from, toMillis)) {
              each.accept(segment.labels(series));
            }
          }
        }
      }
    } finally {
      segments.forEach(SegmentUse::release);
    }
  }

  private static List<SeriesFilter> filters(List<List<Matcher>> selectors) {
    return selectors.isEmpty()
        ? List.of(SeriesFilter.of(List.of()))
        : selectors.stream().map(SeriesFilter::of).toList();
  }

  @Override
  public List<Labels> series(
      Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
    var found = new TreeSet<Labels>();
    forEach(tenant, selectors, fromMillis, toMillis, found::add);
    return List.copyOf(found);
  }

  @Override
  public List<String> labelNames(
      Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
    var names = new TreeSet<String>(Labels::compareBytes);
    forEach(
        tenant,
        selectors,
        fromMillis,
        toMillis,
        labels -> labels.forEach((name, value) -> names.add(name)));
    return List.copyOf(names);
  }

  @Override
  public List<String> labelValues(
      Tenant tenant, String name, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
    var values = new TreeSet<String>(Labels::compareBytes);
    forEach(
        tenant,
        selectors,
        fromMillis,
        toMillis,
        labels -> labels.find(name).ifPresent(values::add));
    return List.copyOf(values);
  }

  @Override
  public List<MetricMetadata> metadata(Tenant tenant) {
    Map<String, MetricMetadata> families = new TreeMap<>(Labels::compareBytes);
    var recent = new ArrayList<MetricMetadata>();
    List<SegmentUse> segments =
        data.snapshot(
            tenant,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            head -> recent.addAll(head.families().values()));
    try {
      for (SegmentUse handle : segments) {
        handle.segment().families().forEach(family -> families.put(family.name(), family));
      }
    } finally {
      segments.forEach(SegmentUse::release);
    }
    recent.forEach(family -> families.put(family.name(), family));
    return List.copyOf(families.values());
  }

  @Override
  public List<SeriesExemplars> exemplars(
      Tenant tenant, List<List<Matcher>> selectors, long fromMillis, long toMillis) {
    long from = shown(fromMillis);
    List<SeriesFilter> filters = filters(selectors);
    Map<Labels, TreeSet<Exemplar>> found = new TreeMap<>();
    List<SegmentUse> segments =
        data.snapshot(
            tenant,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            head -> {
              for (SeriesFilter filter : filters) {
                for (HeadSeries series : head.select(filter)) {
                  if (isBehind(filter, series, from, toMillis)) {
                    add(found, series.labels(), series.exemplars(), from, toMillis);
                  }
                }
              }
            });
    try {
      for (SegmentUse handle : segments) {
        // An exemplar is not later than the sample it came with, and hardly a day older.
        if (handle.touches(from - SealedMetrics.DAY_MILLIS, Long.MAX_VALUE)) {
          addFrom(handle.segment(), filters, found, from, toMillis);
        }
      }
    } finally {
      segments.forEach(SegmentUse::release);
    }
    var result = new ArrayList<SeriesExemplars>();
    found.forEach(
        (labels, exemplars) -> result.add(new SeriesExemplars(labels, List.copyOf(exemplars))));
    return result;
  }

  private static void addFrom(
      MetricSegment segment,
      List<SeriesFilter> filters,
      Map<Labels, TreeSet<Exemplar>> found,
      long fromMillis,
      long toMillis) {
    for (SeriesFilter filter : filters) {
      for (int series : segment.select(filter, fromMillis, toMillis)) {
        add(found, segment.labels(series), segment.exemplars(series), fromMillis, toMillis);
      }
    }
  }

  private static void add(
      Map<Labels, TreeSet<Exemplar>> found,
      Labels labels,
      List<Exemplar> exemplars,
      long fromMillis,
      long toMillis) {
    for (Exemplar exemplar : exemplars) {
      if (exemplar.millis() >= fromMillis && exemplar.millis() <= toMillis) {
        found
            .computeIfAbsent(
                labels,
                ignored ->
                    new TreeSet<>(
                        Comparator.comparingLong(Exemplar::millis)
                            .thenComparing(Exemplar::labels)
                            .thenComparingDouble(Exemplar::value)))
            .add(exemplar);
      }
    }
  }
}
