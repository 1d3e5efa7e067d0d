package dev.pharos.model.text;

import java.math.BigDecimal;
import java.math.MathContext;

/// Doubles as Go prints them: the shortest digits that read back as the same double. Stateless; any thread.
public final class NumberText {
  private NumberText() {}

  /// The form of Prometheus' JSON answers: plain, but with an exponent below 1e-6 and from 1e21 (`1e+21`, `1e-07`).
  public static String format(double value) {
    double magnitude = Math.abs(value);
    if (value != 0 && Double.isFinite(value) && (magnitude < 1e-6 || magnitude >= 1e21)) {
      return exponent(value);
    }
    return plain(value);
  }

  /// The form of Go's `encoding/json`: as [#format], but exponents have no leading zero (`1e-7`). JSON has no text for
  /// numbers that are not finite; they come as [#plain] writes them.
  public static String json(double value) {
    String text = format(value);
    int zero = text.length() - 2;
    boolean padded = zero > 1 && text.charAt(zero - 2) == 'e' && text.charAt(zero) == '0';
    return padded ? text.substring(0, zero) + text.charAt(zero + 1) : text;
  }

  /// Go's format `f` with shortest precision: never an exponent.
  public static String plain(double value) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    if (value == (long) value && Math.abs(value) < 1e15) {
      return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }
    String text = shortest(value).toPlainString();
    if (text.indexOf('.') < 0) {
      return text;
    }
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }

  /// Go's format `g` with shortest precision: an exponent below 1e-4 and from 1e6.
  public static String general(double value) {
    double magnitude = Math.abs(value);
    if (value != 0 && Double.isFinite(value) && (magnitude < 1e-4 || magnitude >= 1e6)) {
      return exponent(value);
    }
    return plain(value);
  }

  /// The form of label values in OpenMetrics: as [#general], whole numbers with `.0`.
  public static String openMetrics(double value) {
    String text = general(value);
    return Double.isFinite(value) && text.indexOf('.') < 0 && text.indexOf('e') < 0
        ? text + ".0"
        : text;
  }

  /// Go's format `e` with shortest precision: `1e+00`, `1.5e-07`.
  public static String exponent(double value) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0e+00" : "0e+00";
    }
    BigDecimal decimal = shortest(Math.abs(value)).stripTrailingZeros();
    String digits = decimal.unscaledValue().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    StringBuilder out = new StringBuilder();
    if (value < 0) {
      out.append('-');
    }
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append('e').append(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    return out.append(size < 10 ? "0" : "").append(size).toString();
  }

  /// The shortest decimal of a finite value. Java prints two digits where one would do (`4.9E-324`).
  private static BigDecimal shortest(double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value));
    if (decimal.precision() == 2) {
      BigDecimal one = decimal.round(new MathContext(1));
      return one.doubleValue() == value ? one : decimal;
    }
    return decimal;
  }

  private static String special(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  }
}
