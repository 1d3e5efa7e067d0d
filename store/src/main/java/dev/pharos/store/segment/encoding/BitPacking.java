package dev.pharos.store.segment.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Unsigned numbers in `width` bits each, the first in the lowest bits of the first byte. Widths are 0 to 56, and 64,
/// so that a value never spans more than eight bytes.
public final class BitPacking {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private BitPacking() {}

  /// The least allowed width for values up to `max`, taken as unsigned.
  public static int width(long max) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(max);
    return bits > 56 ? 64 : bits;
  }

  /// Bytes that `count` values take.
  public static long sizeBytes(int count, int width) {
    return ((long) count * width + 7) >>> 3;
  }

  /// Packs `(values[i] - base) / factor`; with factor 1, differences are taken as unsigned.
  public static void pack(
      long[] values, int count, long base, long factor, int width, ByteSink out) {
    int length = Math.toIntExact(sizeBytes(count, width));
    int at = out.reserve(length + 8);
    byte[] bytes = out.bytes();
    out.truncate(at + length);
    if (width == 0) {
      return;
    }
    if (width == 64) {
      for (int i = 0; i < count; i++, at += 8) {
        LONG.set(bytes, at, factor == 1 ? values[i] - base : (values[i] - base) / factor);
      }
      return;
    }
    long pending = 0;
    int bits = 0;
    for (int i = 0; i < count; i++) {
      long value = factor == 1 ? values[i] - base : (values[i] - base) / factor;
      pending |= value << bits;
      bits += width;
      if (bits >= Long.SIZE) {
        LONG.set(bytes, at, pending);
        at += 8;
        bits -= Long.SIZE;
        pending = bits == 0 ? 0 : value >>> (width - bits);
      }
    }
    if (bits > 0) {
      LONG.set(bytes, at, pending);
    }
  }

  /// Unpacks into `values[from ..]`, each value times `factor` plus `base`.
  public static void unpack(
      ByteSource in, int count, long base, long factor, int width, long[] values, int from) {
    check(in, width);
    int start = in.skip(sizeBytes(count, width));
    byte[] bytes = in.bytes();
    if (width == 0) {
      java.util.Arrays.fill(values, from, from + count, base);
      return;
    }
    if (width == 64) {
      for (int i = 0; i < count; i++) {
        values[from + i] = (long) LONG.get(bytes, start + i * 8) * factor + base;
      }
      return;
    }
    long mask = -1L >>> (Long.SIZE - width);
    int fast = count;
    while (fast > 0 && start + (((long) (fast - 1) * width) >>> 3) + 8 > bytes.length) {
      fast--;
    }
    long bit = 0;
    for (int i = 0; i < fast; i++, bit += width) {
      long word = (long) LONG.get(bytes, start + (int) (bit >>> 3));
      values[from + i] = (word >>> (bit & 7) & mask) * factor + base;
    }
    for (int i = fast; i < count; i++, bit += width) {
      values[from + i] = (slow(bytes, start, bit) & mask) * factor + base;
    }
  }

  static void check(ByteSource in, int width) {
    if (width < 0 || width > 56 && width != 64) {
      throw in.bad("bit width " + width + " (expected: 0 to 56, or 64)");
    }
  }

  /// Value `i` of those that begin at `start`.
  static long get(byte[] bytes, int start, int width, int i) {
    long bit = (long) i * width;
    int at = start + (int) (bit >>> 3);
    if (width == 0) {
      return 0;
    }
    long mask = -1L >>> (Long.SIZE - width);
    return at + 8 <= bytes.length
        ? (long) LONG.get(bytes, at) >>> (bit & 7) & mask
        : slow(bytes, start, bit) & mask;
  }

  private static long slow(byte[] bytes, int start, long bit) {
    int at = start + (int) (bit >>> 3);
    long word = 0;
    for (int i = 0; i < 8 && at + i < bytes.length; i++) {
      word |= (bytes[at + i] & 0xffL) << (8 * i);
    }
    return word >>> (bit & 7);
  }
}
