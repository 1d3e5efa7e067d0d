package dev.pharos.store.summary;

import java.util.Arrays;

/// One or two sums for each of many cells. A cell is a step, a group and a bucket, as one number that sorts in this
/// order. One thread.
///
/// Key and sums of a cell stand side by side: a busy step has some ten thousand cells, and adding to one should miss
/// the cache once at most.
final class CellTable {
  private static final int GROUP_BITS = 20;
  private static final int BUCKET_BITS = 8;
  private static final long EMPTY = Long.MIN_VALUE;

  /// Groups are below.
  static final int MAX_GROUPS = 1 << GROUP_BITS;

  /// Longs of a slot: 2 for one sum, 4 for two.
  private final int widthBits;

  private int slots = 1 << 10;
  private long[] table;
  private int size;

  /// @param pairs whether there are second sums
  CellTable(boolean pairs) {
    widthBits = pairs ? 2 : 1;
    table = empty();
  }

  private long[] empty() {
    var fresh = new long[slots << widthBits];
    for (int at = 0; at < fresh.length; at += 1 << widthBits) {
      fresh[at] = EMPTY;
    }
    return fresh;
  }

  static long key(long step, int group, int bucket) {
    return step << GROUP_BITS + BUCKET_BITS | (long) group << BUCKET_BITS | bucket;
  }

  static long step(long key) {
    return key >> GROUP_BITS + BUCKET_BITS;
  }

  static int group(long key) {
    return (int) (key >>> BUCKET_BITS) & MAX_GROUPS - 1;
  }

  static int bucket(long key) {
    return (int) key & (1 << BUCKET_BITS) - 1;
  }

  /// Where in the table the key is, or would be.
  private int find(long key) {
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> Integer.numberOfLeadingZeros(slots) + 33);
    while (true) {
      int at = slot << widthBits;
      if (table[at] == key || table[at] == EMPTY) {
        return at;
      }
      slot = slot + 1 & slots - 1;
    }
  }

  /// @param b nothing where there are no second sums
  void add(long key, long a, long b) {
    int at = find(key);
    if (table[at] == EMPTY) {
      table[at] = key;
      size++;
    }
    table[at + 1] += a;
    if (widthBits == 2) {
      table[at + 2] += b;
    }
    if (size * 2 > slots) {
      grow();
    }
  }

  private void grow() {
    long[] old = table;
    slots *= 4;
    table = empty();
    for (int from = 0; from < old.length; from += 1 << widthBits) {
      if (old[from] != EMPTY) {
        System.arraycopy(old, from, table, find(old[from]), 1 << widthBits);
      }
    }
  }

  Cells sorted() {
    var order = new long[size];
    int count = 0;
    for (int at = 0; at < table.length; at += 1 << widthBits) {
      if (table[at] != EMPTY) {
        order[count++] = table[at];
      }
    }
    Arrays.sort(order);
    var first = new long[size];
    var second = new long[size];
    for (int i = 0; i < size; i++) {
      int at = find(order[i]);
      first[i] = table[at + 1];
      second[i] = widthBits == 2 ? table[at + 2] : 0;
    }
    return new Cells(order, first, second);
  }
}
