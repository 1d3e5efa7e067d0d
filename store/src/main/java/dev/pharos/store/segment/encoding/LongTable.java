package dev.pharos.store.segment.encoding;

import java.util.Arrays;

/// Distinct longs by the order of their first appearance. One thread.
public final class LongTable {
  private long[] values;
  private int[] slots;
  private int size;

  public LongTable(int expected) {
    values = new long[Math.max(8, Math.min(expected + 1, 64))];
    slots = new int[128];
  }

  /// The index of the value, which is added if it is new.
  public int add(long value) {
    int mask = slots.length - 1;
    long mixed = value * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 40) & mask;
    while (slots[slot] != 0) {
      if (values[slots[slot] - 1] == value) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & mask;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
    slots[slot] = size;
    if (size * 2 > slots.length) {
      grow();
    }
    return size - 1;
  }

  /// Forgets all values.
  public void clear() {
    size = 0;
    Arrays.fill(slots, 0);
  }

  private void grow() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = (int) (values[id] * 0x9E3779B97F4A7C15L >>> 40) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = id + 1;
    }
  }

  public int size() {
    return size;
  }

  public long value(int index) {
    return values[index];
  }

  /// The backing array, valid up to [#size()].
  public long[] values() {
    return values;
  }
}
