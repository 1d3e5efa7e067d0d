package dev.pharos.model.proto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Well-formedness of UTF-8 as in table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing above
/// U+10FFFF.
public final class Utf8 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  public static boolean isValid(byte[] bytes, int offset, int length) {
    int end = offset + length;
    if (length >= 8) {
      // Nearly all texts are ASCII: whole words, the last one overlapping the one before.
      int last = end - 8;
      for (int at = offset; at < last; at += 8) {
        if (((long) LONG.get(bytes, at) & HIGH_BITS) != 0) {
          return isValidFrom(bytes, at, end);
        }
      }
      return ((long) LONG.get(bytes, last) & HIGH_BITS) == 0 || isValidFrom(bytes, offset, end);
    }
    int all = 0;
    for (int at = offset; at < end; at++) {
      all |= bytes[at];
    }
    return all >= 0 || isValidFrom(bytes, offset, end);
  }

  private static boolean isValidFrom(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end) {
      if (end - at >= 8 && ((long) LONG.get(bytes, at) & HIGH_BITS) == 0) {
        at += 8;
      } else if (bytes[at] >= 0) {
        at++;
      } else {
        int width = sequenceLength(bytes, at, end);
        if (width == 0) {
          return false;
        }
        at += width;
      }
    }
    return true;
  }

  /// The length of the multi-byte sequence at `at`, or 0 if there is no well-formed one.
  private static int sequenceLength(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xff;
    int left = end - at;
    if (lead >= 0xC2 && lead <= 0xDF) {
      return left >= 2 && continues(bytes[at + 1]) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      int second = left >= 3 ? bytes[at + 1] & 0xff : 0;
      int least = lead == 0xE0 ? 0xA0 : 0x80;
      int most = lead == 0xED ? 0x9F : 0xBF;
      return second >= least && second <= most && continues(bytes[at + 2]) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
      int second = left >= 4 ? bytes[at + 1] & 0xff : 0;
      int least = lead == 0xF0 ? 0x90 : 0x80;
      int most = lead == 0xF4 ? 0x8F : 0xBF;
      return second >= least
              && second <= most
              && continues(bytes[at + 2])
              && continues(bytes[at + 3])
          ? 4
          : 0;
    }
    return 0;
  }

  private static boolean continues(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /// The same text with U+FFFD in place of what is not well formed.
  public static byte[] repaired(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.UTF_8)
        .getBytes(StandardCharsets.UTF_8);
  }
}
