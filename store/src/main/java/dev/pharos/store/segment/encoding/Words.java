package dev.pharos.store.segment.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What a word is, and what can be read from one, eight bytes at a time where the array allows it. A word is a longest
/// run of `0–9 A–Z a–z _` and bytes from 128 on. Stateless.
final class Words {
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final boolean[] WORD = new boolean[256];

  static {
    for (int c = 0; c < 256; c++) {
      WORD[c] =
          c >= '0' && c <= '9'
              || c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c == '_'
              || c >= 128;
    }
  }

  private Words() {}

  static boolean isWord(int c) {
    return WORD[c & 0xff];
  }

  /// The highest bit of each byte that belongs to a word.
  private static long wordBytes(long bytes) {
    long low = bytes & ~HIGH;
    long folded = low | 0x20 * EACH;
    long letter = ((folded | HIGH) - 'a' * EACH) & (('z' * EACH | HIGH) - folded);
    long digit = ((low | HIGH) - '0' * EACH) & (('9' * EACH | HIGH) - low);
    long underscore = HIGH - (low ^ '_' * EACH);
    return (bytes | letter | digit | underscore) & HIGH;
  }

  /// Where the word that begins at `from` ends, `to` at the latest; `from` if none does.
  static int end(byte[] bytes, int from, int to) {
    int at = from;
    int safe = Math.min(to, bytes.length - 7);
    while (at < safe) {
      long others = wordBytes((long) LONG.get(bytes, at)) ^ HIGH;
      if (others != 0) {
        return Math.min(to, at + (Long.numberOfTrailingZeros(others) >>> 3));
      }
      at += 8;
    }
    while (at < to && WORD[bytes[at] & 0xff]) {
      at++;
    }
    return Math.min(at, to);
  }

  /// Up to eight bytes, the first in the lowest bits; zeros where the array ends.
  static long load(byte[] bytes, int at) {
    if (at + 8 <= bytes.length) {
      return (long) LONG.get(bytes, at);
    }
    long word = 0;
    for (int i = 0; at + i < bytes.length; i++) {
      word |= (bytes[at + i] & 0xffL) << 8 * i;
    }
    return word;
  }

  /// The lowest `length` of eight bytes.
  static long mask(int length) {
    return length >= 8 ? -1 : (1L << 8 * length) - 1;
  }

  static boolean same(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
    if (length <= 8) {
      return ((load(a, aFrom) ^ load(b, bFrom)) & mask(length)) == 0;
    }
    int last = length - 8;
    for (int i = 0; i < last; i += 8) {
      if ((long) LONG.get(a, aFrom + i) != (long) LONG.get(b, bFrom + i)) {
        return false;
      }
    }
    return (long) LONG.get(a, aFrom + last) == (long) LONG.get(b, bFrom + last);
  }

  /// The decimal number in these bytes, of which there are 1 to [ShapeEncoder#MAX_DIGITS]; -1 if it is none.
  static long number(byte[] bytes, int from, int to) {
    int length = to - from;
    if (to < (length <= 8 ? 8 : 16) || length > 16) {
      return slowNumber(bytes, from, to);
    }
    if (length <= 8) {
      return eightDigits(bytes, to, length);
    }
    long high = eightDigits(bytes, to - 8, length - 8);
    long low = eightDigits(bytes, to, 8);
    return (high | low) < 0 ? -1 : high * 100_000_000 + low;
  }

  private static long eightDigits(byte[] bytes, int to, int length) {
    long word = (long) LONG.get(bytes, to - 8);
    if (length < 8) {
      int bits = 64 - 8 * length;
      word = word >>> bits << bits | '0' * EACH >>> 8 * length;
    }
    long tens = 0xF0F0F0F0F0F0F0F0L;
    if (((word & tens) ^ '0' * EACH | (word + 6 * EACH & tens) ^ '0' * EACH) != 0) {
      return -1;
    }
    word = (word & 0x0F * EACH) * 2561 >>> 8;
    word = (word & 0x00FF00FF00FF00FFL) * 6553601 >>> 16;
    return (word & 0x0000FFFF0000FFFFL) * 42949672960001L >>> 32;
  }

  private static long slowNumber(byte[] bytes, int from, int to) {
    long value = 0;
    for (int at = from; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /// Packs an even number of lower-case hexadecimal digits, two a byte; false if there is anything else, with some
  /// bytes of `packed` written.
  static boolean packHex(byte[] bytes, int from, int to, byte[] packed, int packedAt) {
    int at = from;
    int out = packedAt;
    for (; at + 8 <= to; at += 8, out += 4) {
      long word = (long) LONG.get(bytes, at);
      long digit = ((word | HIGH) - '0' * EACH) & (('9' * EACH | HIGH) - word);
      long letter = ((word | HIGH) - 'a' * EACH) & (('f' * EACH | HIGH) - word);
      if (((digit | letter) & ~word & HIGH) != HIGH) {
        return false;
      }
      long nibbles = (word & 0x0F * EACH) + (word >>> 6 & EACH) * 9;
      long pairs = (nibbles << 4 | nibbles >>> 8) & 0x00FF00FF00FF00FFL;
      pairs = (pairs | pairs >>> 8) & 0x0000FFFF0000FFFFL;
      INT.set(packed, out, (int) (pairs | pairs >>> 16));
    }
    for (; at < to; at += 2) {
      int high = nibble(bytes[at]);
      int low = nibble(bytes[at + 1]);
      if ((high | low) < 0) {
        return false;
      }
      packed[out++] = (byte) (high << 4 | low);
    }
    return true;
  }

  private static int nibble(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }
}
