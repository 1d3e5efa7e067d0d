package dev.pharos.store.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Pages of segments as they are uncompressed, the recently used ones within a bound of bytes, and some blocks of times
/// as they are decoded, since many series refer to the same. Any thread.
final class PageCache {
  /// @param segment by identity, so that a segment that goes leaves nothing that another could find
  private record Key(Object segment, int stream, int page) {}

  /// A power of two; a block has up to 64 KiB.
  private static final int TIMES = 64;

  private record Decoded(Object segment, long address, TimeBlocks.Times times) {}

  private final AtomicReferenceArray<@Nullable Decoded> times = new AtomicReferenceArray<>(TIMES);
  private final long limitBytes;
  private final LinkedHashMap<Key, byte[]> pages = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  PageCache(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  byte[] page(Object segment, int stream, int page, Supplier<byte[]> read) {
    var key = new Key(segment, stream, page);
    synchronized (pages) {
      byte[] known = pages.get(key);
      if (known != null) {
        return known;
      }
    }
    byte[] fresh = read.get();
    synchronized (pages) {
      byte[] raced = pages.putIfAbsent(key, fresh);
      if (raced != null) {
        return raced;
      }
      bytes += fresh.length;
      var eldest = pages.entrySet().iterator();
      while (bytes > limitBytes && pages.size() > 1) {
        Map.Entry<Key, byte[]> gone = eldest.next();
        bytes -= gone.getValue().length;
        eldest.remove();
      }
    }
    return fresh;
  }

  /// A decoded block of times: the one that is remembered in its place, or what `read` gives. Not to be written to.
  TimeBlocks.Times times(Object segment, long address, Supplier<TimeBlocks.Times> read) {
    int place = (31 * System.identityHashCode(segment) + Long.hashCode(address)) & TIMES - 1;
    Decoded known = times.get(place);
    if (known != null && known.segment == segment && known.address == address) {
      return known.times;
    }
    TimeBlocks.Times fresh = read.get();
    times.set(place, new Decoded(segment, address, fresh));
    return fresh;
  }
}
