package dev.pharos.store.segment.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing array of bytes, written front to back; whole numbers little endian, varints as in LEB128. One thread.
public final class ByteSink {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  public ByteSink(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  /// The backing array, valid up to [#size()] and only until the next write.
  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return size;
  }

  /// Takes back what was written from `length` on.
  public void truncate(int length) {
    size = length;
  }

  public void clear() {
    size = 0;
  }

  /// Makes room for `count` bytes, counts them as written, and returns where they begin.
  public int reserve(int count) {
    if (bytes.length - size < count) {
      bytes =
          Arrays.copyOf(
              bytes,
              Math.max(Math.addExact(size, count), (int) Math.min(2L * bytes.length, 1 << 30)));
    }
    int at = size;
    size += count;
    return at;
  }

  public void putByte(int value) {
    int at = reserve(1);
    bytes[at] = (byte) value;
  }

  public void putInt(int value) {
    int at = reserve(4);
    INT.set(bytes, at, value);
  }

  public void putLong(long value) {
    int at = reserve(8);
    LONG.set(bytes, at, value);
  }

  /// Seven bits a byte, least first; the value is taken as unsigned.
  public void putVarint(long value) {
    int at = reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    size = at;
  }

  /// A varint whose small values are near zero on both sides.
  public void putZigzag(long value) {
    putVarint(value << 1 ^ value >> 63);
  }

  public void put(byte[] source, int offset, int length) {
    int at = reserve(length);
    System.arraycopy(source, offset, bytes, at, length);
  }

  public void put(ByteSink other) {
    put(other.bytes, 0, other.size);
  }
}
