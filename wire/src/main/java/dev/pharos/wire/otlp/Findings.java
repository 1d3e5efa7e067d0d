package dev.pharos.wire.otlp;

import dev.pharos.model.Batch;
import dev.pharos.model.proto.Utf8;
import java.nio.charset.StandardCharsets;

/// What a decoder left out or mended in the request at hand. One thread at a time.
final class Findings {
  private long invalidIds;
  private long invalidKeys;
  private long repairedTexts;
  private long droppedIds;
  private String reason = "";

  /// A reason waits here until the item that it concerns is known to be refused.
  private String pending = "";

  void invalidId(String why) {
    invalidIds++;
    pending = "";
    if (reason.isEmpty()) {
      reason = why;
    }
  }

  /// Notes a key that is not UTF-8; the item around it answers with [#invalidKeys].
  void badKey(byte[] bytes, int offset, int length) {
    if (reason.isEmpty() && pending.isEmpty()) {
      byte[] shown = Utf8.repaired(bytes, offset, Math.min(length, 64));
      pending = "attribute key \"" + new String(shown, StandardCharsets.UTF_8) + "\" is not UTF-8";
    }
  }

  /// Counts items refused for the key noted before.
  void invalidKeys(long items) {
    invalidKeys += items;
    if (reason.isEmpty() && items > 0) {
      reason = pending;
    }
    pending = "";
  }

  void repairedText() {
    repairedTexts++;
  }

  void droppedId() {
    droppedIds++;
  }

  <B extends Batch> Decoded<B> with(B batch) {
    return new Decoded<>(batch, invalidIds, invalidKeys, reason, repairedTexts, droppedIds);
  }
}
