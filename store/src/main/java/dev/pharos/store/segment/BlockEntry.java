package dev.pharos.store.segment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the footer says of one block.
///
/// @param bounds what holds for all its rows
/// @param chunks in the order of their parts
record BlockEntry(int rows, Bounds bounds, List<Chunk> chunks) {

  /// Least and greatest values of a block, all inclusive. Trace ids are ordered as unsigned numbers and known for spans
  /// only; durations as well.
  ///
  /// @param unlisted whether the block has attributes whose columns the footer does not list
  record Bounds(
      long minNanos,
      long maxNanos,
      int minResource,
      int maxResource,
      int minScope,
      int maxScope,
      long minDuration,
      long maxDuration,
      long firstHi,
      long firstLo,
      long lastHi,
      long lastLo,
      boolean unlisted) {
    Bounds withUnlisted() {
      return new Bounds(
          minNanos,
          maxNanos,
          minResource,
          maxResource,
          minScope,
          maxScope,
          minDuration,
          maxDuration,
          firstHi,
          firstLo,
          lastHi,
          lastLo,
          true);
    }
  }

  boolean isOfSpans() {
    return chunk(Part.FRAGMENTS) != null;
  }

  /// Whether the trace lies between the least and the greatest of the block.
  boolean mayHaveTrace(long hi, long lo) {
    return compareFirst(hi, lo) <= 0 && compareLast(hi, lo) >= 0;
  }

  /// How the block's least trace compares with this one.
  int compareFirst(long hi, long lo) {
    return TraceOrder.compare(bounds.firstHi, bounds.firstLo, hi, lo);
  }

  /// How the block's greatest trace compares with this one.
  int compareLast(long hi, long lo) {
    return TraceOrder.compare(bounds.lastHi, bounds.lastLo, hi, lo);
  }

  /// The chunk of this part, or null: then all rows have its default.
  @Nullable Chunk chunk(int part) {
    int low = 0;
    int high = chunks.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Chunk chunk = chunks.get(middle);
      if (chunk.part() == part) {
        return chunk;
      }
      if (chunk.part() < part) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }
}
