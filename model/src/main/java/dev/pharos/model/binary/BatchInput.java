package dev.pharos.model.binary;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Reads what [BatchBuffer] wrote, and trusts none of it. One thread.
final class BatchInput {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int at;

  BatchInput(ByteBuffer source) {
    if (source.hasArray()) {
      bytes = source.array();
      start = source.arrayOffset() + source.position();
      end = start + source.remaining();
    } else {
      bytes = new byte[source.remaining()];
      source.duplicate().get(bytes);
      start = 0;
      end = bytes.length;
    }
    at = start;
  }

  MalformedBatchException malformed(String what) {
    return new MalformedBatchException(
        "batch at offset " + (at - start) + " of " + (end - start) + ": " + what);
  }

  private void need(long count) {
    if (count > end - at) {
      throw malformed(count + " bytes (expected: at most " + (end - at) + ", which are left)");
    }
  }

  int getByte() {
    need(1);
    return bytes[at++];
  }

  int getInt() {
    need(4);
    int value = (int) INT.get(bytes, at);
    at += 4;
    return value;
  }

  long getVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      need(1);
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("a number of more than 10 bytes");
  }

  private long getBase() {
    long value = getVarint();
    return value >>> 1 ^ -(value & 1);
  }

  /// A count of rows, each of which takes at least one byte of what follows.
  int getCount(String what) {
    long count = getVarint();
    if (count < 0 || count > end - at) {
      throw malformed(
          Long.toUnsignedString(count)
              + " "
              + what
              + " (expected: at most "
              + (end - at)
              + ", the bytes left)");
    }
    return (int) count;
  }

  byte[] getBytes(int length) {
    need(length);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  void getByteColumn(byte[] into, int rows, boolean constantAllowed) {
    int width = getByte();
    if (width == 0 && (constantAllowed || rows == 0)) {
      Arrays.fill(into, 0, rows, (byte) getByte());
    } else if (width == 1) {
      need(rows);
      System.arraycopy(bytes, at, into, 0, rows);
      at += rows;
    } else {
      throw malformed("a byte column of width " + width);
    }
  }

  void getIntColumn(int[] into, int rows) {
    int width = getByte();
    int base = (int) getBase();
    need(Math.multiplyFull(Math.max(width, 0), rows));
    switch (width) {
      case 0 -> Arrays.fill(into, 0, rows, base);
      case 1 -> {
        for (int i = 0; i < rows; i++) {
          into[i] = base + (bytes[at + i] & 0xff);
        }
      }
      case 2 -> {
        for (int i = 0; i < rows; i++) {
          into[i] = base + ((short) SHORT.get(bytes, at + 2 * i) & 0xffff);
        }
      }
      case 4 -> {
        for (int i = 0; i < rows; i++) {
          into[i] = base + (int) INT.get(bytes, at + 4 * i);
        }
      }
      default -> throw malformed("an int column of width " + width);
    }
    at += width * rows;
  }

  void getLongColumn(long[] into, int rows, int leastWidth) {
    int width = getByte();
    long base = getBase();
    if (width < leastWidth) {
      throw malformed("a column of width " + width + " (expected: at least " + leastWidth + ")");
    }
    need(Math.multiplyFull(Math.max(width, 0), rows));
    switch (width) {
      case 0 -> Arrays.fill(into, 0, rows, base);
      case 1 -> {
        for (int i = 0; i < rows; i++) {
          into[i] = base + (bytes[at + i] & 0xff);
        }
      }
      case 2 -> {
        for (int i = 0; i < rows; i++) {
          into[i] = base + ((short) SHORT.get(bytes, at + 2 * i) & 0xffff);
        }
      }
      case 4 -> {
        for (int i = 0; i < rows; i++) {
          into[i] = base + ((int) INT.get(bytes, at + 4 * i) & 0xffffffffL);
        }
      }
      case 8 -> {
        for (int i = 0; i < rows; i++) {
          into[i] = base + (long) LONG.get(bytes, at + 8 * i);
        }
      }
      default -> throw malformed("a long column of width " + width);
    }
    at += width * rows;
  }

  void getDoubleColumn(double[] into, int rows) {
    var bits = new long[rows];
    getLongColumn(bits, rows, 0);
    for (int i = 0; i < rows; i++) {
      into[i] = Double.longBitsToDouble(bits[i]);
    }
  }

  /// Ends from counts; their last is returned.
  int getEnds(int[] into, int rows, String what) {
    int width = getByte();
    if (width != 1 && width != 2 && width != 4 || getBase() != 0) {
      throw malformed(
          "counts of " + what + " of width " + width + " (expected: 1, 2 or 4, with base 0)");
    }
    need(Math.multiplyFull(width, rows));
    long sum = 0;
    for (int i = 0; i < rows; i++) {
      sum +=
          switch (width) {
            case 1 -> bytes[at + i] & 0xff;
            case 2 -> (short) SHORT.get(bytes, at + 2 * i) & 0xffff;
            default -> (int) INT.get(bytes, at + 4 * i) & 0xffffffffL;
          };
      if (sum > end - at) {
        throw malformed(
            sum + " " + what + " (expected: at most " + (end - at) + ", the bytes left)");
      }
      into[i] = (int) sum;
    }
    at += width * rows;
    return (int) sum;
  }

  /// Checks that each number of a column is 0 or more and below `limit`.
  void checkBelow(int[] column, int rows, int limit, String what) {
    for (int i = 0; i < rows; i++) {
      if (Integer.compareUnsigned(column[i], limit) >= 0) {
        throw malformed(
            what + " " + column[i] + " in row " + i + " (expected: 0 to " + (limit - 1) + ")");
      }
    }
  }

  void expectEnd() {
    if (at != end) {
      throw malformed((end - at) + " bytes left over");
    }
  }
}
