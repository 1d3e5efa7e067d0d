package dev.pharos.query.promql;

/// Number and duration literals: their extent in a text and their value. A duration is a number of seconds.
final class NumberSyntax {
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] UNIT_MILLIS = {
    365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
  };

  private NumberSyntax() {}

  /// Length of the number that starts at `from`, 0 if there is none.
  static int numberLength(String text, int from) {
    int at = from;
    if (charAt(text, at) == '0' && (charAt(text, at + 1) | 32) == 'x') {
      at += 2;
      int digits = at;
      while (isHexOrUnderscore(charAt(text, at))) {
        at++;
      }
      return at > digits ? at - from : 0;
    }
    at = digits(text, at);
    if (charAt(text, at) == '.') {
      at = digits(text, at + 1);
    }
    if ((charAt(text, at) | 32) == 'e') {
      int exponent = at + 1;
      if (charAt(text, exponent) == '+' || charAt(text, exponent) == '-') {
        exponent++;
      }
      if (Lexer.isDigit(charAt(text, exponent))) {
        at = digits(text, exponent);
      }
    }
    return at - from;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (Lexer.isDigit(charAt(text, at)) || (charAt(text, at) == '_' && at > from)) {
      at++;
    }
    return at;
  }

  private static boolean isHexOrUnderscore(int c) {
    return c == '_' || Character.digit(c, 16) >= 0 && c < 128;
  }

  private static int charAt(String text, int at) {
    return at < text.length() ? text.charAt(at) : -1;
  }

  /// Length of the duration that starts at `from`, 0 if there is none; units from the longest, each at most once.
  static int durationLength(String text, int from) {
    int at = from;
    int lastUnit = -1;
    while (Lexer.isDigit(charAt(text, at))) {
      int digits = at;
      while (Lexer.isDigit(charAt(text, at))) {
        at++;
      }
      int unit = unitAt(text, at);
      if (unit <= lastUnit) {
        return 0;
      }
      lastUnit = unit;
      at += UNITS[unit].length();
      if (at == digits) {
        return 0;
      }
    }
    return at - from;
  }

  private static int unitAt(String text, int at) {
    if (text.startsWith("ms", at)) {
      return 6;
    }
    for (int unit = 0; unit < 6; unit++) {
      if (charAt(text, at) == UNITS[unit].charAt(0)) {
        return unit;
      }
    }
    return -1;
  }

  /// Milliseconds of a well-formed duration such as `1h30m`; throws [ArithmeticException] past 64-bit nanoseconds.
  static long durationMillis(String literal) {
    long millis = 0;
    int at = 0;
    while (at < literal.length()) {
      int digits = at;
      while (Lexer.isDigit(charAt(literal, at))) {
        at++;
      }
      long count;
      try {
        count = Long.parseLong(literal.substring(digits, at));
      } catch (NumberFormatException e) {
        throw new ArithmeticException("duration out of range");
      }
      int unit = unitAt(literal, at);
      at += UNITS[unit].length();
      millis = Math.addExact(millis, Math.multiplyExact(count, UNIT_MILLIS[unit]));
    }
    if (millis > Long.MAX_VALUE / 1_000_000) {
      throw new ArithmeticException("duration out of range");
    }
    return millis;
  }

  /// The value of a number literal; a leading 0 before digits means octal, as in Go.
  static double number(String literal) {
    String text = literal.replace("_", "");
    if (text.equalsIgnoreCase("inf")) {
      return Double.POSITIVE_INFINITY;
    }
    if (text.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    if (text.length() > 1 && text.charAt(0) == '0' && (text.charAt(1) | 32) == 'x') {
      return new java.math.BigInteger(text.substring(2), 16).doubleValue();
    }
    if (text.length() > 1
        && text.charAt(0) == '0'
        && text.chars().allMatch(c -> c >= '0' && c <= '7')) {
      return new java.math.BigInteger(text, 8).doubleValue();
    }
    return Double.parseDouble(text);
  }

  /// A duration as Prometheus prints it: `1h30m`, `0s`, `-5m`.
  static String formatDuration(long millis) {
    if (millis == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    long rest = millis;
    if (rest < 0) {
      out.append('-');
      rest = -rest;
    }
    for (int unit = 0; unit < UNITS.length; unit++) {
      // Years and weeks are used only where they leave no rest.
      if (unit < 2 && rest % UNIT_MILLIS[unit] != 0) {
        continue;
      }
      long count = rest / UNIT_MILLIS[unit];
      if (count > 0) {
        out.append(count).append(UNITS[unit]);
        rest -= count * UNIT_MILLIS[unit];
      }
    }
    return out.toString();
  }
}
