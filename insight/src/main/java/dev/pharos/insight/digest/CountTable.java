package dev.pharos.insight.digest;

import java.util.Arrays;

/// Counts by key: a hash table with open addressing. Keys are not negative. One thread.
final class CountTable {
  private static final long FREE = -1;

  private long[] keys = new long[64];
  private int[] counts = new int[64];
  private int size;

  CountTable() {
    Arrays.fill(keys, FREE);
  }

  private static int slot(long key, int mask) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed ^ mixed >>> 32) & mask;
  }

  void add(long key, int count) {
    int mask = keys.length - 1;
    int at = slot(key, mask);
    while (keys[at] != key) {
      if (keys[at] == FREE) {
        keys[at] = key;
        size++;
        break;
      }
      at = at + 1 & mask;
    }
    counts[at] += count;
    if (size * 2 > keys.length) {
      grow();
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[oldKeys.length * 2];
    counts = new int[keys.length];
    Arrays.fill(keys, FREE);
    int mask = keys.length - 1;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        int at = slot(oldKeys[i], mask);
        while (keys[at] != FREE) {
          at = at + 1 & mask;
        }
        keys[at] = oldKeys[i];
        counts[at] = oldCounts[i];
      }
    }
  }

  /// The table's content, in no order.
  Cells cells() {
    var filledKeys = new long[size];
    var filledCounts = new int[size];
    int n = 0;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != FREE) {
        filledKeys[n] = keys[i];
        filledCounts[n++] = counts[i];
      }
    }
    return new Cells(filledKeys, filledCounts);
  }

  /// Keys and their counts.
  record Cells(long[] keys, int[] counts) {
    long sizeBytes() {
      return 12L * keys.length + 48;
    }
  }
}
