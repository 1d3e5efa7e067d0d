package dev.pharos.query.regex;

/// Search for bytes within bytes, by its first and last byte and then the rest. Stateless.
public final class Bytes {
  private Bytes() {}

  /// Where `needle` first occurs in `bytes` from `from` (inclusive) to `to` (exclusive), or -1.
  public static int indexOf(byte[] bytes, int from, int to, byte[] needle) {
    int n = needle.length;
    if (n == 0) {
      return from;
    }
    byte first = needle[0];
    byte last = needle[n - 1];
    int end = to - n;
    for (int i = from; i <= end; i++) {
      if (bytes[i] == first && bytes[i + n - 1] == last && equalAt(bytes, i, needle)) {
        return i;
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
