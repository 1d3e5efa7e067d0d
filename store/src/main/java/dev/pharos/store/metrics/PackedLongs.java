package dev.pharos.store.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Longs in few bytes: the values themselves, their differences, or the differences of those, whichever is smallest, in
/// groups of 128 with the least value of each and so many bits as the widest distance from it takes. Lossless for all
/// longs. Stateless.
final class PackedLongs {
  static final int GROUP = 128;
  private static final int MAX_ORDER = 2;

  /// Wider values are stored as whole longs, so that every other can be read by one load of 8 bytes.
  private static final int MAX_WIDTH = 56;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private PackedLongs() {}

  /// Writes `count` values from `from` on.
  static void encode(ByteSink out, long[] values, int from, int count) {
    long[] best = Arrays.copyOfRange(values, from, from + count);
    long bestBits = bits(best, 0);
    int bestOrder = 0;
    long[] differences = best;
    for (int order = 1; order <= MAX_ORDER && order < count; order++) {
      long[] next = new long[count];
      System.arraycopy(differences, 0, next, 0, order);
      for (int i = order; i < count; i++) {
        next[i] = differences[i] - differences[i - 1];
      }
      differences = next;
      long bits = bits(next, order);
      if (bits < bestBits) {
        best = next;
        bestBits = bits;
        bestOrder = order;
      }
    }
    out.putByte(bestOrder);
    for (int i = 0; i < bestOrder; i++) {
      out.putZigzag(best[i]);
    }
    for (int i = bestOrder; i < count; i += GROUP) {
      putGroup(out, best, i, Math.min(count, i + GROUP));
    }
  }

  private static long bits(long[] values, int from) {
    long bits = 0;
    for (int i = from; i < values.length; i += GROUP) {
      int end = Math.min(values.length, i + GROUP);
      long least = least(values, i, end);
      bits +=
          8
              + 8L * ((70 - Long.numberOfLeadingZeros(least << 1 ^ least >> 63)) / 7)
              + (long) width(values, i, end, least) * (end - i);
    }
    return bits;
  }

  private static long least(long[] values, int from, int to) {
    long least = values[from];
    for (int i = from + 1; i < to; i++) {
      least = Math.min(least, values[i]);
    }
    return least;
  }

  private static int width(long[] values, int from, int to, long least) {
    long all = 0;
    for (int i = from; i < to; i++) {
      all |= values[i] - least;
    }
    int width = Long.SIZE - Long.numberOfLeadingZeros(all);
    return width > MAX_WIDTH ? Long.SIZE : width;
  }

  private static void putGroup(ByteSink out, long[] values, int from, int to) {
    long least = least(values, from, to);
    int width = width(values, from, to, least);
    out.putZigzag(least);
    out.putByte(width);
    if (width == Long.SIZE) {
      for (int i = from; i < to; i++) {
        out.putLong(values[i] - least);
      }
      return;
    }
    long pending = 0;
    int pendingBits = 0;
    for (int i = from; i < to; i++) {
      long value = values[i] - least;
      pending |= value << pendingBits;
      pendingBits += width;
      while (pendingBits >= 8) {
        out.putByte((int) pending);
        pending >>>= 8;
        pendingBits -= 8;
      }
    }
    if (pendingBits > 0) {
      out.putByte((int) pending);
    }
  }

  /// Reads `count` values.
  static long[] decode(ByteSource in, int count) {
    var values = new long[count];
    var reader = new Reader(in, count);
    for (int i = 0; i < count; ) {
      i += reader.next(values, i);
    }
    return values;
  }

  /// Reads the values group by group, so that they can be turned into something else while they are near. One thread.
  static final class Reader {
    private final ByteSource in;
    private final int count;
    private final int order;
    private long last;
    private long difference;
    private int position;

    Reader(ByteSource in, int count) {
      this.in = in;
      this.count = count;
      order = in.getByte();
      if (order > MAX_ORDER || order > count) {
        throw new IndexOutOfBoundsException(
            "order " + order + " of differences (expected: at most 2)");
      }
    }

    /// Puts the next values, up to [#GROUP], where they are wanted, and gives their number; 0 after the last.
    int next(long[] values, int at) {
      if (position < order) {
        return first(values, at);
      }
      int end = at + Math.min(GROUP, count - position);
      if (end == at) {
        return 0;
      }
      getGroup(in, values, at, end);
      position += end - at;
      if (order == 1) {
        for (int i = at; i < end; i++) {
          last += values[i];
          values[i] = last;
        }
      } else if (order == 2) {
        for (int i = at; i < end; i++) {
          difference += values[i];
          last += difference;
          values[i] = last;
        }
      }
      return end - at;
    }

    /// Those that differences begin with.
    private int first(long[] values, int at) {
      last = in.getZigzag();
      values[at] = last;
      if (order == 2) {
        difference = in.getZigzag();
        last += difference;
        values[at + 1] = last;
      }
      position = order;
      return order;
    }
  }

  private static void getGroup(ByteSource in, long[] values, int from, int to) {
    long least = in.getZigzag();
    int width = in.getByte();
    if (width == Long.SIZE) {
      for (int i = from; i < to; i++) {
        values[i] = least + in.getLong();
      }
      return;
    }
    if (width > MAX_WIDTH) {
      throw new IndexOutOfBoundsException(
          "width " + width + " of bits (expected: at most 56, or 64)");
    }
    if (width == 0) {
      Arrays.fill(values, from, to, least);
      return;
    }
    byte[] bytes = in.array();
    int start = in.position();
    int length = (width * (to - from) + 7) >>> 3;
    in.skip(length);
    unpack(bytes, start, start + length, width, least, values, from, to);
  }

  private static void unpack(
      byte[] bytes, int start, int end, int width, long least, long[] values, int from, int to) {
    long mask = -1L >>> Long.SIZE - width;
    int bit = 0;
    // As long as a load of 8 bytes stays within the page, whatever follows the group.
    int room = bytes.length - Long.BYTES - start;
    int whole = room < 0 ? from : (int) Math.min(to, from + (8L * room + 7) / width + 1);
    for (int i = from; i < whole; i++) {
      values[i] = least + ((long) LONG.get(bytes, start + (bit >>> 3)) >>> (bit & 7) & mask);
      bit += width;
    }
    for (int i = whole; i < to; i++) {
      long near = 0;
      int first = start + (bit >>> 3);
      for (int at = Math.min(end, first + Long.BYTES) - 1; at >= first; at--) {
        near = near << 8 | bytes[at] & 0xff;
      }
      values[i] = least + (near >>> (bit & 7) & mask);
      bit += width;
    }
  }
}
