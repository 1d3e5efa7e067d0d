package dev.pharos.store.segment.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Bytes read front to back within bounds; what [ByteSink] writes. One thread.
///
/// Reading past the end and lengths that cannot be throw [BadEncodingException].
public final class ByteSource {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private int at;

  public ByteSource(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
  }

  /// The array being read.
  public byte[] bytes() {
    return bytes;
  }

  /// The index in [#bytes()] of the next byte.
  public int at() {
    return at;
  }

  public int remaining() {
    return end - at;
  }

  /// Steps over `count` bytes and returns where they begin.
  public int skip(long count) {
    if (count < 0 || count > end - at) {
      throw bad("length " + count + " (expected: 0 to " + (end - at) + ")");
    }
    int from = at;
    at += (int) count;
    return from;
  }

  public int readByte() {
    return bytes[skip(1)] & 0xff;
  }

  public int readInt() {
    return (int) INT.get(bytes, skip(4));
  }

  public long readLong() {
    return (long) LONG.get(bytes, skip(8));
  }

  public long readVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = readByte();
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw bad("varint of more than 10 bytes");
  }

  public long readZigzag() {
    long value = readVarint();
    return value >>> 1 ^ -(value & 1);
  }

  /// A varint from 0 to `max`, so that nothing larger is ever allocated for it.
  public int readCount(int max) {
    long value = readVarint();
    if (value < 0 || value > max) {
      throw bad("count " + Long.toUnsignedString(value) + " (expected: 0 to " + max + ")");
    }
    return (int) value;
  }

  public BadEncodingException bad(String what) {
    return new BadEncodingException(at, what);
  }
}
