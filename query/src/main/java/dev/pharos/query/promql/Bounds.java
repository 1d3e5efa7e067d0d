package dev.pharos.query.promql;

import java.util.OptionalDouble;

/// Reads the values of label `le`.
final class Bounds {
  private Bounds() {}

  static OptionalDouble parse(String text) {
    return switch (text) {
      case "" -> OptionalDouble.empty();
      case "+Inf", "Inf", "inf", "+inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-Inf", "-inf" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
      default -> {
        char last = text.charAt(text.length() - 1);
        if (!Lexer.isDigit(last) && last != '.') {
          yield OptionalDouble.empty();
        }
        try {
          yield OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
          yield OptionalDouble.empty();
        }
      }
    };
  }
}
