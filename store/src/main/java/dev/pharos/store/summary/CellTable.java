package dev.pharos.store.summary;

import java.util.Arrays;

/// Two sums for each of many cells. A cell is a step, a group and a bucket, as one number that sorts in this order.
/// One thread.
final class CellTable {
  private static final int GROUP_BITS = 20;
  private static final int BUCKET_BITS = 8;
  private static final long EMPTY = Long.MIN_VALUE;

  /// Groups are below.
  static final int MAX_GROUPS = 1 << GROUP_BITS;

  private long[] keys;
  private long[] first;
  private long[] second;
  private int size;

  CellTable() {
    keys = new long[1 << 10];
    first = new long[keys.length];
    second = new long[keys.length];
    Arrays.fill(keys, EMPTY);
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

  private static int slot(long key, int length) {
    return (int) (key * 0x9E3779B97F4A7C15L >>> Integer.numberOfLeadingZeros(length) + 33);
  }

  void add(long key, long a, long b) {
    int at = slot(key, keys.length);
    while (keys[at] != key) {
      if (keys[at] == EMPTY) {
        keys[at] = key;
        size++;
        break;
      }
      at = at + 1 & keys.length - 1;
    }
    first[at] += a;
    second[at] += b;
    if (size * 2 > keys.length) {
      grow();
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldFirst = first;
    long[] oldSecond = second;
    keys = new long[oldKeys.length * 4];
    first = new long[keys.length];
    second = new long[keys.length];
    Arrays.fill(keys, EMPTY);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != EMPTY) {
        int at = slot(oldKeys[i], keys.length);
        while (keys[at] != EMPTY) {
          at = at + 1 & keys.length - 1;
        }
        keys[at] = oldKeys[i];
        first[at] = oldFirst[i];
        second[at] = oldSecond[i];
      }
    }
  }

  Cells sorted() {
    var order = new long[size];
    int count = 0;
    for (long key : keys) {
      if (key != EMPTY) {
        order[count++] = key;
      }
    }
    Arrays.sort(order);
    var sortedFirst = new long[size];
    var sortedSecond = new long[size];
    for (int i = 0; i < size; i++) {
      int at = slot(order[i], keys.length);
      while (keys[at] != order[i]) {
        at = at + 1 & keys.length - 1;
      }
      sortedFirst[i] = first[at];
      sortedSecond[i] = second[at];
    }
    return new Cells(order, sortedFirst, sortedSecond);
  }
}
