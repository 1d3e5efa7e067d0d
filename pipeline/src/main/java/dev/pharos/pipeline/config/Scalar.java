package dev.pharos.pipeline.config;

import java.time.Instant;

/// A YAML scalar after typing by [YamlScalars].
public sealed interface Scalar {
  /// A text.
  record Text(String value) implements Scalar {}

  /// A whole number that fits 64 bits.
  record Int(long value) implements Scalar {}

  /// A floating point number.
  record Decimal(double value) implements Scalar {}

  /// A truth value.
  record Bool(boolean value) implements Scalar {}

  /// A date or time, with the text it was written as.
  record Time(Instant value, String text) implements Scalar {}

  /// What messages call this kind of value.
  default String kind() {
    return switch (this) {
      case Text _ -> "text";
      case Int _ -> "a number";
      case Decimal _ -> "a floating point number";
      case Bool _ -> "a bool";
      case Time _ -> "a date";
    };
  }

  /// The value as it would be written.
  default String display() {
    return switch (this) {
      case Text text -> '"' + text.value() + '"';
      case Int number -> Long.toString(number.value());
      case Decimal number -> Double.toString(number.value());
      case Bool bool -> Boolean.toString(bool.value());
      case Time time -> time.text();
    };
  }
}
