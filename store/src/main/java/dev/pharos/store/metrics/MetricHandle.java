package dev.pharos.store.metrics;

import dev.pharos.store.delete.Deletion;
import dev.pharos.store.manifest.SegmentEntry;
import dev.pharos.store.segment.SegmentStorage;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A segment that readers share, opened when first needed; its index may leave memory when that is short. Its object
/// may be deleted when the last user has released it, the first user being the view. Any thread.
final class MetricHandle {
  private final SegmentEntry entry;
  private final SegmentStorage storage;
  private final PageCache cache;
  private final AtomicInteger users = new AtomicInteger(1);
  private SoftReference<MetricSegment> open = new SoftReference<>(null);
  private volatile SeriesMask mask = SeriesMask.NONE;
  private volatile List<Deletion> deletions = List.of();
  private volatile Consumer<String> unused = name -> {};

  MetricHandle(SegmentEntry entry, SegmentStorage storage, PageCache cache) {
    this.entry = entry;
    this.storage = storage;
    this.cache = cache;
  }

  SegmentEntry entry() {
    return entry;
  }

  /// Hides more samples, for uses that begin later.
  void hide(Deletion deletion) {
    deletions = Stream.concat(deletions.stream(), Stream.of(deletion)).toList();
    mask = SeriesMask.of(deletions);
  }

  /// What is hidden now.
  SeriesMask mask() {
    return mask;
  }

  /// Whether it may hold samples of the range, both ends inclusive.
  boolean touches(long fromMillis, long toMillis) {
    return Math.floorDiv(entry.meta().minNanos(), 1_000_000L) <= toMillis
        && Math.floorDiv(entry.meta().maxNanos(), 1_000_000L) >= fromMillis;
  }

  /// The segment, for a user that has not released it.
  synchronized MetricSegment segment() {
    MetricSegment segment = open.get();
    if (segment == null) {
      segment = MetricSegment.open(storage, entry.meta(), cache);
      open = new SoftReference<>(segment);
    }
    return segment;
  }

  /// Becomes a user; false if the last one is gone already.
  boolean retain() {
    int now = users.get();
    while (now > 0) {
      if (users.compareAndSet(now, now + 1)) {
        return true;
      }
      now = users.get();
    }
    return false;
  }

  void release() {
    int left = users.decrementAndGet();
    if (left < 0) {
      throw new IllegalStateException(
          "segment " + entry.name() + " was released more often than retained");
    }
    if (left == 0) {
      unused.accept(entry.name());
    }
  }

  /// Ends the view's own use.
  void retire(Consumer<String> whenUnused) {
    unused = whenUnused;
    release();
  }
}
