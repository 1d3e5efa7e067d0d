package dev.pharos.wire.otlp;

import dev.pharos.model.Batch;

/// A decoded request: the batch without the items that no component could use, and what was mended on the way.
///
/// @param invalidIds spans left out because their trace or span id is all zero or has a wrong length
/// @param invalidKeys items left out because an attribute key is not UTF-8
/// @param reason why the first item was left out; empty if none was
/// @param repairedTexts values that were not UTF-8 and have U+FFFD now
/// @param droppedIds invalid ids of log records, exemplars, links and parents, which are 0 now
public record Decoded<B extends Batch>(
    B batch,
    long invalidIds,
    long invalidKeys,
    String reason,
    long repairedTexts,
    long droppedIds) {
  /// Items left out: spans, log records or data points.
  public long rejectedItems() {
    return invalidIds + invalidKeys;
  }
}
