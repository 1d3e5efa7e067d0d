package dev.pharos.store.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What stands before the batch in a frame's payload: a version and the time of the commit.
record FrameHeader(long commitMillis) {
  private static final int VERSION = 1;
  private static final int BYTES = 12;

  ByteBuffer encode() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(VERSION)
        .putLong(commitMillis)
        .flip();
  }

  /// Reads it and moves the position behind it.
  static FrameHeader decode(ByteBuffer payload) {
    ByteBuffer in = payload.order(ByteOrder.LITTLE_ENDIAN);
    if (in.remaining() < BYTES) {
      throw new IllegalStateException(
          "log frame with " + in.remaining() + " bytes (expected: at least " + BYTES + ")");
    }
    int version = in.getInt();
    if (version != VERSION) {
      throw new IllegalStateException(
          "log frame of version "
              + version
              + " (expected: "
              + VERSION
              + "; a newer Pharos wrote it)");
    }
    return new FrameHeader(in.getLong());
  }
}
