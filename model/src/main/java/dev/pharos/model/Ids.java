package dev.pharos.model;

import java.util.HexFormat;

/// Trace ids as two longs and span ids as one, and their hexadecimal form (lower case, as W3C Trace Context writes
/// them).
public final class Ids {
  private static final HexFormat HEX = HexFormat.of();

  private Ids() {}

  /// 32 hex digits.
  public static String traceHex(long hi, long lo) {
    return HEX.toHexDigits(hi) + HEX.toHexDigits(lo);
  }

  /// 16 hex digits.
  public static String spanHex(long id) {
    return HEX.toHexDigits(id);
  }

  /// Whether the text is 1 to `digits` hexadecimal digits.
  public static boolean isHex(CharSequence text, int digits) {
    return !text.isEmpty()
        && text.length() <= digits
        && text.chars().allMatch(HexFormat::isHexDigit);
  }

  /// The high half of a trace id of up to 32 hex digits; shorter ones are padded with zeros on the left.
  ///
  /// @throws IllegalArgumentException if it is none
  public static long traceHi(String hex) {
    checked(hex, 32);
    return hex.length() <= 16 ? 0 : parse(hex, 0, hex.length() - 16);
  }

  /// The low half of a trace id, as [#traceHi].
  public static long traceLo(String hex) {
    return parse(checked(hex, 32), Math.max(0, hex.length() - 16), hex.length());
  }

  /// A span id of up to 16 hex digits.
  ///
  /// @throws IllegalArgumentException if it is none
  public static long span(String hex) {
    return parse(checked(hex, 16), 0, hex.length());
  }

  private static String checked(String hex, int digits) {
    if (!isHex(hex, digits)) {
      throw new IllegalArgumentException(
          "id: \"" + hex + "\" (expected: 1 to " + digits + " hex digits)");
    }
    return hex;
  }

  private static long parse(String hex, int from, int to) {
    return HexFormat.fromHexDigitsToLong(hex, from, to);
  }
}
