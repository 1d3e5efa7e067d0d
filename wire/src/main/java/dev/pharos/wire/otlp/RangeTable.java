package dev.pharos.wire.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Finds again what two byte ranges of one request were decoded to: Resources and scopes come over and over with equal
/// bytes, and are decoded once. One thread at a time.
final class RangeTable {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int WIDTH = 4;

  private final byte[] bytes;
  private int[] ranges = new int[8 * WIDTH];
  private int[] results = new int[8];
  private int[] hashes = new int[8];
  private int[] slots = new int[32];
  private int size;

  /// A table of ranges of `bytes`.
  RangeTable(byte[] bytes) {
    this.bytes = bytes;
  }

  /// What [#put] stored for the same bytes, or -1.
  int find(int hash, int from, int to, int from2, int to2) {
    for (int slot = hash & slots.length - 1; slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
      int i = slots[slot] - 1;
      int r = i * WIDTH;
      if (hashes[i] == hash
          && Arrays.equals(bytes, ranges[r], ranges[r + 1], bytes, from, to)
          && Arrays.equals(bytes, ranges[r + 2], ranges[r + 3], bytes, from2, to2)) {
        return results[i];
      }
    }
    return -1;
  }

  void put(int hash, int from, int to, int from2, int to2, int result) {
    if (size == results.length) {
      ranges = Arrays.copyOf(ranges, ranges.length * 2);
      results = Arrays.copyOf(results, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
      slots = new int[slots.length * 2];
      for (int i = 0; i < size; i++) {
        occupy(i);
      }
    }
    int r = size * WIDTH;
    ranges[r] = from;
    ranges[r + 1] = to;
    ranges[r + 2] = from2;
    ranges[r + 3] = to2;
    results[size] = result;
    hashes[size] = hash;
    occupy(size++);
  }

  private void occupy(int i) {
    int slot = hashes[i] & slots.length - 1;
    while (slots[slot] != 0) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = i + 1;
  }

  int hash(int from, int to, int from2, int to2) {
    long h = hash(hash(to - from, from, to), from2, to2);
    // The high half of a product depends on every bit of its factor.
    return (int) (h * 0x9E3779B97F4A7C15L >>> 32);
  }

  private long hash(long seed, int from, int to) {
    long h = seed;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      h = mix(h ^ (long) LONG.get(bytes, at));
    }
    for (; at < to; at++) {
      h = mix(h ^ bytes[at]);
    }
    return h;
  }

  private static long mix(long h) {
    long m = (h + 0x9E3779B97F4A7C15L) * 0xD6E8FEB86659FD93L;
    return m ^ m >>> 32;
  }
}
