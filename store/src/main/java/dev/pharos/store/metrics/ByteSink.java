package dev.pharos.store.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing array of bytes to write numbers into, little-endian. One thread.
final class ByteSink {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[256];
  private int size;

  private void need(int more) {
    if (bytes.length - size < more) {
      bytes =
          Arrays.copyOf(
              bytes,
              Math.max(
                  Math.addExact(size, more), (int) Math.min(size * 2L, Integer.MAX_VALUE - 16)));
    }
  }

  void putByte(int value) {
    need(1);
    bytes[size++] = (byte) value;
  }

  void putInt(int value) {
    need(4);
    INT.set(bytes, size, value);
    size += 4;
  }

  void putLong(long value) {
    need(8);
    LONG.set(bytes, size, value);
    size += 8;
  }

  /// Seven bits a byte, low ones first; the value is taken as unsigned.
  void putVarint(long value) {
    need(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void putZigzag(long value) {
    putVarint(value << 1 ^ value >> 63);
  }

  void putBytes(byte[] source, int from, int length) {
    need(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  /// The length, then UTF-8.
  void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putVarint(utf8.length);
    putBytes(utf8, 0, utf8.length);
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /// The array itself, valid up to [#size()].
  byte[] array() {
    return bytes;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }
}
