package dev.pharos.store.engine;

import java.util.Arrays;
import java.util.function.LongPredicate;

/// A set of 128-bit keys in one open-addressed table. (0, 0) is no key. One thread at a time.
final class KeySet {
  private long[] slots = new long[2 * 64];
  private int size;

  boolean contains(long hi, long lo) {
    int slot = slotOf(slots, hi, lo);
    return (slots[slot] | slots[slot + 1]) != 0;
  }

  /// Adds a key, unless the table must grow and `room`, asked for the bytes of that, says no; then gives false.
  boolean add(long hi, long lo, LongPredicate room) {
    int slot = slotOf(slots, hi, lo);
    if ((slots[slot] | slots[slot + 1]) != 0) {
      return true;
    }
    if ((size + 1) * 4 > slots.length) {
      if (!room.test(8L * slots.length)) {
        return false;
      }
      grow();
      slot = slotOf(slots, hi, lo);
    }
    slots[slot] = hi;
    slots[slot + 1] = lo;
    size++;
    return true;
  }

  private void grow() {
    var larger = new long[slots.length * 2];
    for (int i = 0; i < slots.length; i += 2) {
      if ((slots[i] | slots[i + 1]) != 0) {
        int slot = slotOf(larger, slots[i], slots[i + 1]);
        larger[slot] = slots[i];
        larger[slot + 1] = slots[i + 1];
      }
    }
    slots = larger;
  }

  /// Keys are hashes already.
  private static int slotOf(long[] slots, long hi, long lo) {
    int mask = slots.length / 2 - 1;
    int slot = (int) (hi ^ lo ^ lo >>> 32) & mask;
    while (true) {
      long foundHi = slots[2 * slot];
      long foundLo = slots[2 * slot + 1];
      if ((foundHi | foundLo) == 0 || foundHi == hi && foundLo == lo) {
        return 2 * slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  int size() {
    return size;
  }

  long heapBytes() {
    return 8L * slots.length;
  }

  /// All keys, two longs each.
  long[] toArray() {
    var keys = new long[2 * size];
    int at = 0;
    for (int i = 0; i < slots.length; i += 2) {
      if ((slots[i] | slots[i + 1]) != 0) {
        keys[at++] = slots[i];
        keys[at++] = slots[i + 1];
      }
    }
    return Arrays.copyOf(keys, at);
  }
}
