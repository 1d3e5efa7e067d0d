package dev.pharos.model.binary;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The growing byte array that batches are encoded into; to be cleared and used again. One thread.
///
/// A column of numbers is written by frame of reference: the least value, then each row's distance from it in 0, 1, 2,
/// 4 or 8 bytes, whichever holds the greatest.
public final class BatchBuffer {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MAX_BYTES = Integer.MAX_VALUE - 16;

  private byte[] bytes;
  private int size;
  private int[] ints = {};
  private long[] longs = {};

  public BatchBuffer(int capacityBytes) {
    bytes = new byte[Math.max(64, capacityBytes)];
  }

  /// The bytes written since the last [#clear], without copying them: valid until then.
  public ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  public int sizeBytes() {
    return size;
  }

  public void clear() {
    size = 0;
  }

  /// Room for a column that is put together first; holds whatever was left there.
  int[] scratchInts(int rows) {
    if (ints.length < rows) {
      ints = new int[Math.max(rows, 256)];
    }
    return ints;
  }

  /// As [#scratchInts].
  long[] scratchLongs(int rows) {
    if (longs.length < rows) {
      longs = new long[Math.max(rows, 256)];
    }
    return longs;
  }

  void room(long more) {
    long needed = size + more;
    if (needed <= bytes.length) {
      return;
    }
    if (needed > MAX_BYTES) {
      throw new IllegalStateException(
          "batch of " + needed + " bytes (expected: at most " + MAX_BYTES + ")");
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(needed, bytes.length * 2L)));
  }

  void putByte(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  void putInt(int value) {
    room(4);
    INT.set(bytes, size, value);
    size += 4;
  }

  void putVarint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private void putBase(long value) {
    putVarint(value << 1 ^ value >> 63);
  }

  void putBytes(byte[] source, int offset, int length) {
    room(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /// A column of bytes: one value for all rows, or one each.
  void putByteColumn(byte[] values, int rows, boolean constantAllowed) {
    byte first = rows == 0 ? 0 : values[0];
    boolean constant = constantAllowed;
    for (int i = 1; i < rows && constant; i++) {
      constant = values[i] == first;
    }
    putByte(constant ? 0 : 1);
    if (constant) {
      putByte(first);
    } else {
      putBytes(values, 0, rows);
    }
  }

  void putIntColumn(int[] values, int rows) {
    int min = rows == 0 ? 0 : Integer.MAX_VALUE;
    int max = rows == 0 ? 0 : Integer.MIN_VALUE;
    for (int i = 0; i < rows; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    int width = width((long) max - min);
    beginColumn(width, min, rows);
    int at = size;
    switch (width) {
      case 0 -> {}
      case 1 -> {
        for (int i = 0; i < rows; i++) {
          bytes[at + i] = (byte) (values[i] - min);
        }
      }
      case 2 -> {
        for (int i = 0; i < rows; i++) {
          SHORT.set(bytes, at + 2 * i, (short) (values[i] - min));
        }
      }
      default -> {
        for (int i = 0; i < rows; i++) {
          INT.set(bytes, at + 4 * i, values[i] - min);
        }
      }
    }
    size += width * rows;
  }

  void putLongColumn(long[] values, int rows, int leastWidth) {
    long min = rows == 0 ? 0 : Long.MAX_VALUE;
    long max = rows == 0 ? 0 : Long.MIN_VALUE;
    for (int i = 0; i < rows; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    int width = Math.max(leastWidth, width(max - min));
    long base = width == 8 ? 0 : min;
    beginColumn(width, base, rows);
    int at = size;
    switch (width) {
      case 0 -> {}
      case 1 -> {
        for (int i = 0; i < rows; i++) {
          bytes[at + i] = (byte) (values[i] - base);
        }
      }
      case 2 -> {
        for (int i = 0; i < rows; i++) {
          SHORT.set(bytes, at + 2 * i, (short) (values[i] - base));
        }
      }
      case 4 -> {
        for (int i = 0; i < rows; i++) {
          INT.set(bytes, at + 4 * i, (int) (values[i] - base));
        }
      }
      default -> {
        for (int i = 0; i < rows; i++) {
          LONG.set(bytes, at + 8 * i, values[i]);
        }
      }
    }
    size += width * rows;
  }

  /// Raw bits, in 8 bytes unless all are the same.
  void putDoubleColumn(double[] values, int rows) {
    var bits = scratchLongs(rows);
    for (int i = 0; i < rows; i++) {
      bits[i] = Double.doubleToRawLongBits(values[i]);
    }
    putLongColumn(bits, rows, 0);
  }

  /// Where the children of each row end, as counts, in at least one byte each: so no table has more rows than bytes.
  void putEnds(int[] ends, int rows) {
    int max = 0;
    int before = 0;
    for (int i = 0; i < rows; i++) {
      max = Math.max(max, ends[i] - before);
      before = ends[i];
    }
    int width = Math.max(1, width(max));
    beginColumn(width, 0, rows);
    int at = size;
    before = 0;
    for (int i = 0; i < rows; i++) {
      int count = ends[i] - before;
      before = ends[i];
      switch (width) {
        case 1 -> bytes[at + i] = (byte) count;
        case 2 -> SHORT.set(bytes, at + 2 * i, (short) count);
        default -> INT.set(bytes, at + 4 * i, count);
      }
    }
    size += width * rows;
  }

  private void beginColumn(int width, long base, int rows) {
    room(16 + (long) width * rows);
    putByte(width);
    putBase(base);
  }

  /// The least of 0, 1, 2, 4 and 8 bytes that hold this unsigned distance.
  static int width(long distance) {
    int bits = 64 - Long.numberOfLeadingZeros(distance);
    return bits == 0 ? 0 : bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
  }
}
