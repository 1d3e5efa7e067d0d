package dev.pharos.store.segment.encoding;

import java.util.Arrays;

/// Reads a few values of a list of numbers without making the others: packed numbers are read where they stand,
/// differences are summed up to the last one that is asked for. Stateless.
final class PickedLongs {
  private PickedLongs() {}

  /// As [LongCodec#decode(ByteSource, int, int[])].
  static long[] decode(ByteSource in, int count, int[] rows, int depth) {
    if (depth > LongCodec.MAX_DEPTH + 1) {
      throw in.bad("numbers nested more than " + LongCodec.MAX_DEPTH + " deep");
    }
    var values = new long[rows.length];
    int form = in.readByte();
    switch (form) {
      case LongCodec.CONSTANT -> Arrays.fill(values, in.readZigzag());
      case LongCodec.OFFSETS, LongCodec.OFFSET_PLANES -> offsets(in, form, count, rows, values);
      case LongCodec.DELTAS, LongCodec.DELTA_PLANES -> deltas(in, form, count, rows, values);
      case LongCodec.SPARSE -> sparse(in, count, rows, values, depth);
      case LongCodec.DICTIONARY -> {
        long[] distinct = LongCodec.decode(in, in.readCount(count), depth + 1);
        long[] indexes = decode(in, count, rows, depth + 1);
        for (int i = 0; i < values.length; i++) {
          values[i] = distinct[(int) indexes[i]];
        }
      }
      default -> throw LongCodec.badForm(in, form);
    }
    return values;
  }

  private static void offsets(ByteSource in, int form, int count, int[] rows, long[] values) {
    long base = in.readZigzag();
    long factor = in.readVarint();
    var packed = new Packed(in, count, form == LongCodec.OFFSET_PLANES);
    for (int i = 0; i < values.length; i++) {
      values[i] = packed.get(rows[i]) * factor + base;
    }
  }

  private static void deltas(ByteSource in, int form, int count, int[] rows, long[] values) {
    if (count == 0) {
      throw in.bad("differences of an empty list");
    }
    long sum = in.readZigzag();
    long base = in.readZigzag();
    long factor = in.readVarint();
    var packed = new Packed(in, count - 1, form == LongCodec.DELTA_PLANES);
    int at = 0;
    for (int i = 0; i < values.length; i++) {
      for (; at < rows[i]; at++) {
        sum += packed.get(at) * factor + base;
      }
      values[i] = sum;
    }
  }

  private static void sparse(ByteSource in, int count, int[] rows, long[] values, int depth) {
    long common = in.readZigzag();
    int marked = in.readCount(count);
    byte[] bits = LongCodec.readMarks(in, count);
    long[] others = LongCodec.decode(in, marked, depth + 1);
    int whole = 0;
    int before = 0;
    for (int i = 0; i < values.length; i++) {
      int row = rows[i];
      for (; whole < row >>> 3; whole++) {
        before += Integer.bitCount(bits[whole] & 0xff);
      }
      int mark = 1 << (row & 7);
      values[i] =
          (bits[whole] & mark) == 0
              ? common
              : others[before + Integer.bitCount(bits[whole] & (mark - 1))];
    }
  }

  /// Packed numbers, in bits or in planes of bytes.
  private static final class Packed {
    private final byte[] bytes;
    private final int start;
    private final int width;
    private final int count;
    private final boolean planes;

    Packed(ByteSource in, int count, boolean planes) {
      this.count = count;
      this.planes = planes;
      this.width = in.readByte();
      if (planes) {
        this.bytes = LongCodec.readPlanes(in, count, width);
        this.start = 0;
      } else {
        BitPacking.check(in, width);
        this.start = in.skip(BitPacking.sizeBytes(count, width));
        this.bytes = in.bytes();
      }
    }

    long get(int i) {
      if (!planes) {
        return BitPacking.get(bytes, start, width, i);
      }
      long value = 0;
      for (int plane = 0, at = i; plane < width; plane++, at += count) {
        value |= (bytes[at] & 0xffL) << (plane * 8);
      }
      return value;
    }
  }
}
