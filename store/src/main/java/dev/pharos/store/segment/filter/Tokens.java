package dev.pharos.store.segment.filter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The hashes by which texts are found again: of each token up to nine bytes the token's, of longer ones those of some
/// of their six-byte pieces.
///
/// Tokens are the longest runs of letters, digits, `_`, `-`, `.` and bytes from 128 on. Of a token of ten bytes or
/// more, of each five neighbouring six-byte pieces the one with the least hash is taken (minimizers; Schleimer,
/// Wilkerson, Aiken: Winnowing). The choice depends on these ten bytes alone, so every ten bytes within a token of a
/// needle lead to a hash that each text with the needle has as well, though the needle begins or ends in the middle of
/// the text's token.
public final class Tokens {
  static final int PIECE = 6;
  static final int WINDOW = 5;
  static final int LONG_TOKEN = PIECE + WINDOW - 1;

  private static final int NEEDLE_HASHES = 16;

  private static final long PIECE_MASK = (1L << 8 * PIECE) - 1;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final boolean[] TOKEN = new boolean[256];

  static {
    for (int c = 0; c < 256; c++) {
      TOKEN[c] =
          c >= '0' && c <= '9'
              || c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c == '_'
              || c == '-'
              || c == '.'
              || c >= 128;
    }
  }

  private Tokens() {}

  static boolean isToken(int c) {
    return TOKEN[c & 0xff];
  }

  /// Adds the hashes of one token.
  static void ofToken(byte[] bytes, int from, int to, Hashes hashes) {
    if (to - from >= LONG_TOKEN) {
      pieces(bytes, from, to, hashes);
    } else {
      hashes.add(token(bytes, from, to));
    }
  }

  /// Adds the hashes of a text.
  public static void ofText(byte[] bytes, int from, int to, Hashes hashes) {
    scan(bytes, from, to, hashes, false);
  }

  /// The hashes that every text has that contains the needle; none if nothing can be told.
  public static long[] ofNeedle(byte[] needle) {
    var hashes = new Hashes(NEEDLE_HASHES);
    scan(needle, 0, needle.length, hashes, true);
    return Arrays.copyOf(hashes.values(), hashes.size());
  }

  private static void scan(byte[] bytes, int from, int to, Hashes hashes, boolean partial) {
    int at = from;
    while (at < to) {
      if (!TOKEN[bytes[at] & 0xff]) {
        at++;
        continue;
      }
      int start = at++;
      while (at < to && TOKEN[bytes[at] & 0xff]) {
        at++;
      }
      if (at - start >= LONG_TOKEN) {
        pieces(bytes, start, at, hashes);
      } else if (!partial || start > from && at < to) {
        hashes.add(token(bytes, start, at));
      }
    }
  }

  private static long token(byte[] bytes, int from, int to) {
    int length = to - from;
    long first = load(bytes, from, Math.min(length, 8));
    long last = length > 8 ? bytes[to - 1] : 0;
    return Hashes.finish(
        (first ^ (last << 8 | length) * 0x9E3779B97F4A7C15L) * 0xC2B2AE3D27D4EB4FL);
  }

  private static long load(byte[] bytes, int at, int length) {
    if (at + 8 <= bytes.length) {
      return (long) WORD.get(bytes, at) & -1L >>> 64 - length * 8;
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (bytes[at + i] & 0xffL) << 8 * i;
    }
    return word;
  }

  private static long piece(byte[] bytes, int at) {
    long word =
        at + 8 <= bytes.length ? (long) WORD.get(bytes, at) & PIECE_MASK : load(bytes, at, PIECE);
    long h = word * 0x9E3779B97F4A7C15L;
    return (h ^ h >>> 32) * 0xC2B2AE3D27D4EB4FL;
  }

  /// Each window's least hash, of equal ones the last; the hashes of the window at hand are kept in five numbers.
  private static void pieces(byte[] bytes, int from, int to, Hashes hashes) {
    long a = piece(bytes, from);
    long b = piece(bytes, from + 1);
    long c = piece(bytes, from + 2);
    long d = piece(bytes, from + 3);
    int added = -1;
    for (int at = from + WINDOW - 1, last = to - PIECE; at <= last; at++) {
      long e = piece(bytes, at);
      long least = Math.min(Math.min(Math.min(a, b), Math.min(c, d)), e);
      int leastAt = at - (least == e ? 0 : least == d ? 1 : least == c ? 2 : least == b ? 3 : 4);
      if (leastAt != added) {
        added = leastAt;
        hashes.add(Hashes.finish(least));
      }
      a = b;
      b = c;
      c = d;
      d = e;
    }
  }
}
