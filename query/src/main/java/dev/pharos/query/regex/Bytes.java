package dev.pharos.query.regex;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Search for bytes within bytes, by its first and last byte and then the rest, eight places at a time. Stateless.
public final class Bytes {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  private Bytes() {}

  /// Where `needle` first occurs in `bytes` from `from` (inclusive) to `to` (exclusive), or -1.
  public static int indexOf(byte[] bytes, int from, int to, byte[] needle) {
    int n = needle.length;
    if (n == 0) {
      return from;
    }
    byte first = needle[0];
    byte last = needle[n - 1];
    long firsts = (first & 0xff) * ONES;
    long lasts = (last & 0xff) * ONES;
    int end = to - n;
    int at = from;
    for (; at <= end - 7; at += 8) {
      long differing =
          (long) WORD.get(bytes, at) ^ firsts | (long) WORD.get(bytes, at + n - 1) ^ lasts;
      // The highest bit of each byte that is zero; bytes above one that is may be marked too.
      long marks = differing - ONES & ~differing & HIGH;
      while (marks != 0) {
        int place = at + (Long.numberOfTrailingZeros(marks) >>> 3);
        if (bytes[place] == first
            && bytes[place + n - 1] == last
            && equalAt(bytes, place, needle)) {
          return place;
        }
        marks &= marks - 1;
      }
    }
    for (; at <= end; at++) {
      if (bytes[at] == first && bytes[at + n - 1] == last && equalAt(bytes, at, needle)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean equalAt(byte[] bytes, int at, byte[] needle) {
    for (int i = 1; i < needle.length - 1; i++) {
      if (bytes[at + i] != needle[i]) {
        return false;
      }
    }
    return true;
  }
}
