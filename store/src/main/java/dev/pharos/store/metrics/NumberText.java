package dev.pharos.store.metrics;

import java.math.BigDecimal;

/// Doubles as text in the forms that Go's `strconv` and `encoding/json` give them. Stateless.
final class NumberText {
  private NumberText() {}

  /// The shortest digits without an exponent, as in values of `le` and `quantile`.
  static String plain(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return shortest(value).toPlainString();
  }

  /// The shortest digits, with an exponent below 1e-6 and from 1e21 on, as JavaScript writes numbers. Finite values
  /// only.
  static String json(double value) {
    double size = Math.abs(value);
    if (size == 0 || (size >= 1e-6 && size < 1e21)) {
      return plain(value);
    }
    BigDecimal shortest = shortest(value);
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + fraction
        + "e"
        + (exponent < 0 ? "-" : "+")
        + Math.abs(exponent);
  }

  private static BigDecimal shortest(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros();
  }
}
