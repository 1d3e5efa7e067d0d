package dev.pharos.store.engine;

import dev.pharos.store.segment.SegmentStorage;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Objects in the storage that nothing names, as a crash between a write and its edit leaves them: deleted when they
/// have been seen so for an hour. One thread.
final class Orphans {
  private static final long HOUR_MILLIS = 3_600_000;

  private final SegmentStorage storage;
  private final String folder;
  private final Map<String, Long> firstSeen = new HashMap<>();

  Orphans(SegmentStorage storage, String folder) {
    this.storage = storage;
    this.folder = folder;
  }

  /// @param used whether an object belongs to the manifest, to a write under way, or to readers
  /// @return how many were deleted
  int sweep(long nowMillis, Predicate<String> used) {
    var found = storage.list(folder);
    firstSeen.keySet().retainAll(found);
    int deleted = 0;
    for (String name : found) {
      if (used.test(name)) {
        firstSeen.remove(name);
      } else if (nowMillis - firstSeen.computeIfAbsent(name, ignored -> nowMillis) >= HOUR_MILLIS) {
        storage.delete(name);
        firstSeen.remove(name);
        deleted++;
      }
    }
    return deleted;
  }
}
