package dev.pharos.log;

import java.nio.ByteBuffer;

/// What one frame of the log carries.
///
/// The arrays and buffers stay the caller's and are neither changed nor kept: the log reads the bytes between position
/// and limit of each buffer.
///
/// @param tenant at most 65,535 bytes of UTF-8, may be empty
/// @param keys the 128-bit keys of the requests that this frame completes, two longs (high, low) each
/// @param payload the payload's bytes, in pieces of any kind of buffer
@SuppressWarnings("ArrayRecordComponent")
public record Frame(String tenant, long[] keys, ByteBuffer... payload) {
  private static final long[] NO_KEYS = {};

  public Frame {
    if ((keys.length & 1) != 0) {
      throw new IllegalArgumentException("keys: " + keys.length + " longs (expected: two a key)");
    }
  }

  public static Frame of(String tenant, ByteBuffer... payload) {
    return new Frame(tenant, NO_KEYS, payload);
  }

  long payloadBytes() {
    long bytes = 0;
    for (ByteBuffer piece : payload) {
      bytes += piece.remaining();
    }
    return bytes;
  }
}
