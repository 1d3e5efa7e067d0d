package dev.pharos.store.segment.filter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The 64-bit hashes that go into a filter, filled again for each block. Most repetitions are left out, not all: to
/// find every one takes a table that no cache holds, which costs more than the few bits of the rest. One thread.
public final class Hashes {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int RECENT = 1 << 14;

  /// Hashes met lately; a power of two.
  private final long[] recent;

  private long[] values = new long[64];
  private int size;

  public Hashes() {
    this(RECENT);
  }

  /// @param remembered how many hashes repetitions are looked for among, a power of two
  Hashes(int remembered) {
    recent = new long[remembered];
  }

  public void add(long hash) {
    int near = (int) hash & recent.length - 1;
    if (recent[near] == hash) {
      return;
    }
    recent[near] = hash;
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = hash;
  }

  public int size() {
    return size;
  }

  /// The backing array, valid up to [#size()].
  long[] values() {
    return values;
  }

  public void clear() {
    Arrays.fill(recent, 0);
    size = 0;
  }

  /// A well mixed hash of two numbers.
  public static long mix(long a, long b) {
    long h = (a ^ Long.rotateLeft(b, 32)) * 0x9E3779B97F4A7C15L ^ b * 0xC2B2AE3D27D4EB4FL;
    return finish(h);
  }

  static long finish(long hash) {
    long h = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
    h = (h ^ h >>> 32) * 0xD6E8FEB86659FD93L;
    h ^= h >>> 32;
    return h == 0 ? 1 : h;
  }

  /// A hash of bytes, eight at a time, going on from another hash.
  public static long of(long seed, byte[] bytes, int from, int to) {
    long h = seed ^ (to - from) * 0x9E3779B97F4A7C15L;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      h = (h ^ (long) WORD.get(bytes, at)) * 0x9E3779B97F4A7C15L;
      h ^= h >>> 32;
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = rest << 8 | bytes[at] & 0xff;
    }
    return finish((h ^ rest) * 0xC2B2AE3D27D4EB4FL);
  }
}
