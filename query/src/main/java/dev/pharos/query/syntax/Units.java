package dev.pharos.query.syntax;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Durations and sizes as LogQL writes them in a query and as it reads them from the value of a label. Stateless.
public final class Units {
  private static final String[] LONG_UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] LONG_NANOS = {
    365L * 86_400_000_000_000L,
    7L * 86_400_000_000_000L,
    86_400_000_000_000L,
    3_600_000_000_000L,
    60_000_000_000L,
    1_000_000_000L,
    1_000_000L
  };
  private static final String PREFIXES = "kmgtpe";

  private Units() {}

  /// Nanoseconds of a duration in a query: what Go writes (`1.5h`, `300us`), or whole numbers of falling units from
  /// years to milliseconds (`1w2d`).
  public static OptionalLong queryDuration(String text) {
    OptionalLong go = goDuration(text);
    return go.isPresent() ? go : wholeUnits(text);
  }

  /// Nanoseconds of a duration as Go writes it: signed, decimal, units ns us µs ms s m h; a bare `0` too.
  public static OptionalLong goDuration(String text) {
    int i = 0;
    boolean negative = false;
    if (!text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
      negative = text.charAt(0) == '-';
      i = 1;
    }
    if (text.length() == i + 1 && text.charAt(i) == '0') {
      return OptionalLong.of(0);
    }
    if (i == text.length()) {
      return OptionalLong.empty();
    }
    BigDecimal total = BigDecimal.ZERO;
    while (i < text.length()) {
      int start = i;
      while (i < text.length() && (isDigit(text.charAt(i)) || text.charAt(i) == '.')) {
        i++;
      }
      int unitStart = i;
      while (i < text.length() && !isDigit(text.charAt(i)) && text.charAt(i) != '.') {
        i++;
      }
      long unit = goUnit(text.substring(unitStart, i));
      OptionalDouble checked = number(text.substring(start, unitStart));
      if (unit == 0 || checked.isEmpty()) {
        return OptionalLong.empty();
      }
      total =
          total.add(
              new BigDecimal(text.substring(start, unitStart)).multiply(BigDecimal.valueOf(unit)));
      if (total.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(negative ? -total.longValue() : total.longValue());
  }

  private static OptionalDouble number(String text) {
    if (text.isEmpty() || text.equals(".") || text.indexOf('.') != text.lastIndexOf('.')) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Double.parseDouble(text));
  }

  private static long goUnit(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "\u00b5s", "\u03bcs" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> 1_000_000_000;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> 0;
    };
  }

  private static OptionalLong wholeUnits(String text) {
    int i = 0;
    long total = 0;
    int last = -1;
    while (i < text.length()) {
      int start = i;
      while (i < text.length() && isDigit(text.charAt(i))) {
        i++;
      }
      int unitStart = i;
      while (i < text.length() && Character.isLetter(text.charAt(i))) {
        i++;
      }
      int unit = java.util.Arrays.asList(LONG_UNITS).indexOf(text.substring(unitStart, i));
      if (start == unitStart || unitStart - start > 12 || unit <= last) {
        return OptionalLong.empty();
      }
      last = unit;
      try {
        long part =
            Math.multiplyExact(Long.parseLong(text.substring(start, unitStart)), LONG_NANOS[unit]);
        total = Math.addExact(total, part);
      } catch (ArithmeticException e) {
        return OptionalLong.empty();
      }
    }
    return last < 0 ? OptionalLong.empty() : OptionalLong.of(total);
  }

  /// Bytes of a size: a decimal number, commas between digits allowed, and a unit in any case (`KB` is 1,000, `KiB`
  /// 1,024, none is bytes); fractions of a byte are cut.
  public static OptionalLong bytes(String text) {
    int i = 0;
    while (i < text.length()
        && (isDigit(text.charAt(i)) || text.charAt(i) == '.' || text.charAt(i) == ',')) {
      i++;
    }
    OptionalDouble number = number(text.substring(0, i).replace(",", ""));
    double unit = byteUnit(text.substring(i).strip().toLowerCase(Locale.ROOT));
    if (number.isEmpty() || unit == 0) {
      return OptionalLong.empty();
    }
    double value = number.getAsDouble() * unit;
    return value >= 0x1p63 ? OptionalLong.empty() : OptionalLong.of((long) value);
  }

  private static double byteUnit(String unit) {
    if (unit.isEmpty() || unit.equals("b")) {
      return 1;
    }
    int power = PREFIXES.indexOf(unit.charAt(0)) + 1;
    return switch (power == 0 ? "?" : unit.substring(1)) {
      case "", "b" -> Math.pow(1000, power);
      case "i", "ib" -> Math.pow(1024, power);
      default -> 0;
    };
  }

  /// A duration as a query is printed with: the shortest of Go's forms (`1m30s`, `5m`, `100ms`).
  public static String printDuration(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    var out = new StringBuilder(nanos < 0 ? "-" : "");
    long left = Math.abs(nanos);
    String[] units = {"h", "m", "s", "ms", "us", "ns"};
    long[] sizes = {3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L};
    for (int i = 0; i < units.length; i++) {
      if (left >= sizes[i]) {
        out.append(left / sizes[i]).append(units[i]);
        left %= sizes[i];
      }
    }
    return out.toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
