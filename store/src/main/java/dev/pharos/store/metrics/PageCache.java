package dev.pharos.store.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Pages of segments as they are uncompressed, the recently used ones within a bound of bytes. Any thread.
final class PageCache {
  /// @param segment by identity, so that a segment that goes leaves nothing that another could find
  private record Key(Object segment, int stream, int page) {}

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
}
