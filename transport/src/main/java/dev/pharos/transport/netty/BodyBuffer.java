package dev.pharos.transport.netty;

import dev.pharos.transport.Body;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// Gathers the content of one request into one array. One thread.
///
/// A length that the sender states is trusted for the first 256 KiB; beyond that the array doubles with what has come,
/// so that a stated length alone costs nothing.
final class BodyBuffer {
  private static final int TRUSTED = 256 << 10;
  private static final byte[] NONE = {};

  private final long limitBytes;
  private final long expected;
  private byte[] bytes;
  private int size;

  /// @param expected bytes; below 0 if unknown
  BodyBuffer(long expected, long limitBytes) {
    this.limitBytes = limitBytes;
    this.expected = expected;
    this.bytes =
        expected <= 0 ? NONE : new byte[(int) Math.min(Math.min(expected, limitBytes), TRUSTED)];
  }

  /// Takes what is readable; false, and nothing taken, if that passes the limit.
  boolean append(ByteBuf in) {
    int more = in.readableBytes();
    if (more > limitBytes - size) {
      return false;
    }
    if (more > bytes.length - size) {
      long wanted = Math.max(size + (long) more, Math.max(1024, 2L * bytes.length));
      if (expected >= size + (long) more) {
        wanted = Math.min(wanted, expected);
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, limitBytes));
    }
    in.readBytes(bytes, size, more);
    size += more;
    return true;
  }

  int size() {
    return size;
  }

  Body body() {
    return size == 0 ? Body.EMPTY : new Body(bytes, 0, size);
  }
}
