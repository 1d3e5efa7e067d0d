package dev.pharos.insight.compare;

import java.util.Arrays;

/// Numbers distinct keys from 0 in the order in which they come. One thread writes; then any may look up.
public final class Numbering {
  private long[] keys = new long[4];
  private int size;

  /// Open addressing over numbers, plus one; 0 is free.
  private int[] slots = new int[16];

  /// The number of a key, a new one if it is not known.
  public int of(long key) {
    int slot = slot(key);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
    }
    keys[size] = key;
    slots[slot] = ++size;
    if (size * 2 > slots.length) {
      slots = new int[slots.length * 2];
      for (int number = 0; number < size; number++) {
        slots[slot(keys[number])] = number + 1;
      }
    }
    return size - 1;
  }

  /// The number of a key, or -1.
  public int find(long key) {
    return slots[slot(key)] - 1;
  }

  private int slot(long key) {
    int mask = slots.length - 1;
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 40) & mask;
    while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  long key(int number) {
    return keys[number];
  }

  public int size() {
    return size;
  }

  long sizeBytes() {
    return 8L * keys.length + 4L * slots.length;
  }
}
