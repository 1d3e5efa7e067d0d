package dev.pharos.store.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads what [ByteSink] wrote. What is not there throws `IndexOutOfBoundsException`. One thread.
final class ByteSource {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private int at;

  ByteSource(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  int getByte() {
    return bytes[at++] & 0xff;
  }

  int getInt() {
    int value = (int) INT.get(bytes, at);
    at += 4;
    return value;
  }

  long getLong() {
    long value = (long) LONG.get(bytes, at);
    at += 8;
    return value;
  }

  long getVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("varint of more than 10 bytes at " + at);
  }

  /// A varint that counts things of at least one byte each in the bytes left, or of so many bits.
  int getCount(int limit) {
    long value = getVarint();
    if (value < 0 || value > limit) {
      throw new IndexOutOfBoundsException(
          "count "
              + Long.toUnsignedString(value)
              + " at "
              + at
              + " (expected: at most "
              + limit
              + ")");
    }
    return (int) value;
  }

  long getZigzag() {
    long value = getVarint();
    return value >>> 1 ^ -(value & 1);
  }

  String getText() {
    int length = getCount(left());
    var text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  int left() {
    return bytes.length - at;
  }

  byte[] array() {
    return bytes;
  }

  int position() {
    return at;
  }

  void skip(int count) {
    if (count < 0 || count > left()) {
      throw new IndexOutOfBoundsException(
          count + " bytes at " + at + " (expected: at most " + left() + ")");
    }
    at += count;
  }
}
