package dev.pharos.log;

import java.nio.ByteBuffer;

/// Takes the frames of a log in the order of their sequence.
@FunctionalInterface
public interface FrameVisitor {
  /// `keys` holds two longs a key. `payload` is little-endian, read-only, and valid during the call only.
  void frame(long sequence, String tenant, long[] keys, ByteBuffer payload);
}
