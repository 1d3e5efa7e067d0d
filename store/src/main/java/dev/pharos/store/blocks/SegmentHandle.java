package dev.pharos.store.blocks;

import dev.pharos.store.manifest.SegmentEntry;
import dev.pharos.store.read.Block;
import dev.pharos.store.segment.OpenSegment;
import dev.pharos.store.segment.SegmentFormat;
import dev.pharos.store.segment.SegmentStorage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A segment that readers share, opened when first needed. Its object may be deleted when the last user has released
/// it, the first user being the view. Any thread.
final class SegmentHandle<K extends Block> {
  private final SegmentEntry entry;
  private final SegmentFormat<?, K> format;
  private final SegmentStorage storage;
  private final AtomicInteger users = new AtomicInteger(1);
  private volatile @Nullable OpenSegment<K> open;
  private volatile Consumer<String> unused = name -> {};

  SegmentHandle(SegmentEntry entry, SegmentFormat<?, K> format, SegmentStorage storage) {
    this.entry = entry;
    this.format = format;
    this.storage = storage;
  }

  SegmentEntry entry() {
    return entry;
  }

  /// The segment, for a user that has not released it.
  OpenSegment<K> segment() {
    OpenSegment<K> segment = open;
    return segment != null ? segment : opened();
  }

  private synchronized OpenSegment<K> opened() {
    OpenSegment<K> segment = open;
    if (segment == null) {
      segment = format.open(storage, entry.meta());
      open = segment;
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
      open = null;
      unused.accept(entry.name());
    }
  }

  /// Ends the view's own use.
  void retire(Consumer<String> whenUnused) {
    unused = whenUnused;
    release();
  }
}
