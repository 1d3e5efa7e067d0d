package dev.pharos.store.metrics;

import dev.pharos.model.Labels;
import dev.pharos.store.read.MetricMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One tenant's head: its series, found by labels, by ref, by postings and by the keys of points. Refs last until the
/// next [#sweep]. Guarded by the head's lock.
final class TenantHead {
  private Map<Labels, HeadSeries> byLabels = new HashMap<>();
  private List<HeadSeries> byRef = new ArrayList<>();
  private Postings postings = new Postings();
  private final TargetCache targets = new TargetCache();
  private final Map<Key, Resource> resources = new HashMap<>();
  private final Map<String, MetricMetadata> families = new TreeMap<>(Labels::compareBytes);
  private Map<String, String> texts = new HashMap<>();
  private long samples;
  private long sampleBytes;
  private long targetBytes;

  private record Key(long hi, long lo) {}

  TargetCache targets() {
    return targets;
  }

  void addTarget(long hi, long lo, Target target) {
    targets.put(hi, lo, target);
    // Half of the table is free, 24 bytes a slot.
    targetBytes += target.bytes() + 48;
  }

  @Nullable Resource resource(long hi, long lo) {
    return resources.get(new Key(hi, lo));
  }

  void addResource(long hi, long lo, Resource resource) {
    resources.put(new Key(hi, lo), resource);
    targetBytes += 100L + 120L * resource.attributes().size();
  }

  /// The one copy of a text that many label sets share.
  String shared(String text) {
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  /// The series of these labels, made if it is new.
  HeadSeries series(Labels labels, MetricMetadata family, long nowMillis) {
    HeadSeries series = byLabels.get(labels);
    if (series == null) {
      series = new HeadSeries(labels, family, nowMillis);
      byLabels.put(labels, series);
      index(series);
    }
    series.family(family);
    return series;
  }

  private void index(HeadSeries series) {
    postings.add(byRef.size(), series.labels());
    byRef.add(series);
  }

  /// Notes what is known of a family; the newest counts.
  MetricMetadata family(MetricMetadata family) {
    MetricMetadata known = families.get(family.name());
    if (known != null && known.equals(family)) {
      return known;
    }
    families.put(family.name(), family);
    return family;
  }

  Map<String, MetricMetadata> families() {
    return families;
  }

  void appended(long bytes) {
    samples++;
    sampleBytes += bytes;
  }

  void grew(long bytes) {
    sampleBytes += bytes;
  }

  long samples() {
    return samples;
  }

  /// Heap bytes of the samples, which a cut gives back.
  long sampleBytes() {
    return sampleBytes;
  }

  /// Heap bytes of everything.
  long heapBytes() {
    return sampleBytes + targetBytes + HeadSeries.BASE_BYTES * byRef.size();
  }

  /// The series that satisfy the conditions on labels, in no order.
  List<HeadSeries> select(SeriesFilter filter) {
    var found = new ArrayList<HeadSeries>();
    for (int ref : postings.candidates(filter.labels(), byRef.size())) {
      HeadSeries series = byRef.get(ref);
      if (filter.takes(series.labels())) {
        found.add(series);
      }
    }
    return found;
  }

  /// Seals the samples of all series.
  ///
  /// @return the series that have sealed samples
  List<HeadSeries> seal(long nowMillis) {
    var sealed = new ArrayList<HeadSeries>();
    for (HeadSeries series : byRef) {
      if (series.seal(nowMillis)) {
        sealed.add(series);
      }
    }
    return sealed;
  }

  /// Forgets the sealed samples of these series.
  void cutDone(List<HeadSeries> sealed) {
    for (HeadSeries series : sealed) {
      for (SampleChunk chunk : series.sealed()) {
        samples -= chunk.count();
        sampleBytes -= chunk.bytes();
      }
      sampleBytes -= ExemplarRing.EXEMPLAR_BYTES * series.sealedExemplars().size();
      series.cutDone();
    }
  }

  /// Lets series go that had no sample since then, if they are many enough to be worth a new index.
  void sweep(long sinceMillis) {
    int idle = 0;
    for (HeadSeries series : byRef) {
      idle += series.isIdle(sinceMillis) ? 1 : 0;
    }
    if (idle == 0 || idle * 8 < byRef.size()) {
      return;
    }
    List<HeadSeries> before = byRef;
    byRef = new ArrayList<>();
    byLabels = new HashMap<>();
    postings = new Postings();
    texts = new HashMap<>();
    for (HeadSeries series : before) {
      if (!series.isIdle(sinceMillis)) {
        byLabels.put(series.labels(), series);
        index(series);
        series
            .labels()
            .forEach(
                (name, value) -> {
                  texts.putIfAbsent(name, name);
                  texts.putIfAbsent(value, value);
                });
      }
    }
    targets.retain(target -> isKept(target, sinceMillis));
    resources.values().removeIf(resource -> resource.usedMillis() < sinceMillis);
    resources.values().forEach(resource -> resource.forgetIdle(sinceMillis));
    targetBytes = targets.bytes() + 2000L * resources.size();
  }

  private static boolean isKept(Target target, long sinceMillis) {
    for (HeadSeries series : target.series()) {
      if (series.isIdle(sinceMillis)) {
        return false;
      }
    }
    return true;
  }

  int seriesCount() {
    return byRef.size();
  }
}
