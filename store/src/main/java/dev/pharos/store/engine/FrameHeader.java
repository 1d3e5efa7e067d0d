package dev.pharos.store.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// What stands before the batch in a frame's payload: a version, the time of the commit, and in version 2 which rows of
/// requests that came in parts the frame holds.
record FrameHeader(long commitMillis, List<RequestRows> parts) {
  private static final int WHOLE = 1;
  private static final int IN_PARTS = 2;
  private static final int BYTES = 12;

  ByteBuffer encode() {
    boolean whole = parts.isEmpty();
    ByteBuffer out =
        ByteBuffer.allocate(BYTES + (whole ? 0 : RequestRows.bytes(parts)))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(whole ? WHOLE : IN_PARTS)
            .putLong(commitMillis);
    if (!whole) {
      RequestRows.put(out, parts);
    }
    return out.flip();
  }

  /// Reads it and moves the position behind it.
  static FrameHeader decode(ByteBuffer payload) {
    ByteBuffer in = payload.order(ByteOrder.LITTLE_ENDIAN);
    if (in.remaining() < BYTES) {
      throw new IllegalStateException(
          "log frame with " + in.remaining() + " bytes (expected: at least " + BYTES + ")");
    }
    int version = in.getInt();
    if (version != WHOLE && version != IN_PARTS) {
      throw new IllegalStateException(
          "log frame of version "
              + version
              + " (expected: "
              + WHOLE
              + " or "
              + IN_PARTS
              + "; a newer Pharos wrote it)");
    }
    return new FrameHeader(in.getLong(), version == WHOLE ? List.of() : RequestRows.get(in));
  }
}
