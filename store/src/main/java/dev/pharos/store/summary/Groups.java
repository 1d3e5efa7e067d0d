package dev.pharos.store.summary;

import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import dev.pharos.store.segment.encoding.LongCodec;
import java.util.Arrays;

/// Numbers for pairs of a name and another number: the groups of a summary, each once. One thread while it grows.
///
/// The two numbers are `a` below 2^24 and `b` below 2^38.
final class Groups {
  private static final int B_BITS = 38;
  private static final long EMPTY = -1;

  private long[] pairs = new long[64];
  private int count;
  private long[] slots = new long[256];
  private int[] numbers = new int[256];

  Groups() {
    Arrays.fill(slots, EMPTY);
  }

  int count() {
    return count;
  }

  int a(int group) {
    return (int) (pairs[group] >>> B_BITS);
  }

  long b(int group) {
    return pairs[group] & (1L << B_BITS) - 1;
  }

  private static long pair(int a, long b) {
    return (long) a << B_BITS | b;
  }

  private static int slot(long pair, int length) {
    return (int) (pair * 0x9E3779B97F4A7C15L >>> Integer.numberOfLeadingZeros(length) + 33);
  }

  /// The group of this pair, or -1 if there is none.
  int find(int a, long b) {
    long pair = pair(a, b);
    int at = slot(pair, slots.length);
    while (slots[at] != pair) {
      if (slots[at] == EMPTY) {
        return -1;
      }
      at = at + 1 & slots.length - 1;
    }
    return numbers[at];
  }

  /// The group of this pair, made if it is new.
  int of(int a, long b) {
    int found = find(a, b);
    if (found >= 0) {
      return found;
    }
    if (count >= CellTable.MAX_GROUPS) {
      throw new IllegalStateException("summary of " + count + " groups and more");
    }
    if (count == pairs.length) {
      pairs = Arrays.copyOf(pairs, count * 2);
    }
    pairs[count] = pair(a, b);
    if (count * 2 >= slots.length) {
      slots = new long[slots.length * 4];
      numbers = new int[slots.length];
      Arrays.fill(slots, EMPTY);
      for (int i = 0; i < count; i++) {
        put(i);
      }
    }
    put(count);
    return count++;
  }

  private void put(int group) {
    int at = slot(pairs[group], slots.length);
    while (slots[at] != EMPTY) {
      at = at + 1 & slots.length - 1;
    }
    slots[at] = pairs[group];
    numbers[at] = group;
  }

  void encode(ByteSink out) {
    out.putVarint(count);
    var column = new long[count];
    for (int i = 0; i < count; i++) {
      column[i] = a(i);
    }
    LongCodec.encode(column, count, out);
    for (int i = 0; i < count; i++) {
      column[i] = b(i);
    }
    LongCodec.encode(column, count, out);
  }

  static Groups decode(ByteSource in) {
    int count = in.readCount(CellTable.MAX_GROUPS);
    long[] a = LongCodec.decode(in, count);
    long[] b = LongCodec.decode(in, count);
    var groups = new Groups();
    for (int i = 0; i < count; i++) {
      if (a[i] < 0
          || a[i] >= 1 << 24
          || b[i] < 0
          || b[i] >= 1L << B_BITS
          || groups.of((int) a[i], b[i]) != i) {
        throw in.bad("group " + i + " of " + count + ": " + a[i] + ", " + b[i]);
      }
    }
    return groups;
  }
}
