package dev.pharos.store.metrics;

import dev.pharos.model.Labels;
import dev.pharos.model.NativeHistogram;
import dev.pharos.store.read.Exemplar;
import dev.pharos.store.read.MetricMetadata;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A series of the head: its labels, the samples since the last cut, and those that a cut is writing. Guarded by the
/// head's lock.
final class HeadSeries {
  /// Objects of a series without samples: labels, index, postings.
  static final long BASE_BYTES = 220;

  private final Labels labels;
  private MetricMetadata family;
  private @Nullable SampleChunk open;
  private @Nullable ExemplarRing openExemplars;
  private List<SampleChunk> sealed = List.of();
  private List<Exemplar> sealedExemplars = List.of();
  private long activeMillis;

  HeadSeries(Labels labels, MetricMetadata family, long nowMillis) {
    this.labels = labels;
    this.family = family;
    this.activeMillis = nowMillis;
  }

  Labels labels() {
    return labels;
  }

  /// The family it belongs to.
  MetricMetadata family() {
    return family;
  }

  void family(MetricMetadata newest) {
    family = newest;
  }

  /// As [SampleChunk#append].
  long append(long millis, double value, @Nullable NativeHistogram histogram, Resource resource) {
    SampleChunk chunk = open;
    if (chunk == null) {
      chunk = new SampleChunk();
      open = chunk;
      return SampleChunk.BASE_BYTES + chunk.append(millis, value, histogram, resource);
    }
    return chunk.append(millis, value, histogram, resource);
  }

  /// @return bytes by which the series grew
  long add(Exemplar exemplar) {
    if (sealedExemplars.contains(exemplar)) {
      return 0;
    }
    if (openExemplars == null) {
      openExemplars = new ExemplarRing();
    }
    return openExemplars.add(exemplar);
  }

  /// Whether it holds no samples and got none since this time.
  boolean isIdle(long sinceMillis) {
    return open == null && openExemplars == null && sealed.isEmpty() && activeMillis < sinceMillis;
  }

  /// Moves the open samples to the sealed ones.
  ///
  /// @return whether there are sealed samples now
  boolean seal(long nowMillis) {
    if (open != null) {
      activeMillis = nowMillis;
      var chunks = new ArrayList<>(sealed);
      chunks.add(open);
      sealed = List.copyOf(chunks);
      open = null;
    }
    if (openExemplars != null) {
      var exemplars = new ArrayList<>(sealedExemplars);
      exemplars.addAll(openExemplars.exemplars());
      sealedExemplars = List.copyOf(exemplars);
      openExemplars = null;
    }
    return !sealed.isEmpty();
  }

  void cutDone() {
    sealed = List.of();
    sealedExemplars = List.of();
  }

  List<SampleChunk> sealed() {
    return sealed;
  }

  List<Exemplar> sealedExemplars() {
    return sealedExemplars;
  }

  List<Exemplar> exemplars() {
    if (openExemplars == null) {
      return sealedExemplars;
    }
    var all = new ArrayList<>(sealedExemplars);
    all.addAll(openExemplars.exemplars());
    return all;
  }

  /// All chunks in the order of the log.
  List<SampleChunk> chunks() {
    if (open == null) {
      return sealed;
    }
    if (sealed.isEmpty()) {
      return List.of(open);
    }
    var all = new ArrayList<>(sealed);
    all.add(open);
    return all;
  }

  boolean touches(long fromMillis, long toMillis) {
    for (SampleChunk chunk : sealed) {
      if (chunk.touches(fromMillis, toMillis)) {
        return true;
      }
    }
    return open != null && open.touches(fromMillis, toMillis);
  }
}
