package dev.pharos.insight.compare;

import java.util.Locale;

/// An attribute with a value, or a bound that its numbers are above or not.
///
/// @param value as text
public record Term(Attribute attribute, Kind kind, Bound bound, String value) {
  /// An attribute by where it stands and its key.
  public record Attribute(Scope scope, String key) {}

  /// What a value is.
  public enum Kind {
    STRING,
    INT,
    DOUBLE,
    BOOL;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How spans' values stand to `value`.
  public enum Bound {
    EQUAL(""),
    ABOVE("> "),
    UP_TO("≤ ");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }
  }

  /// The value, behind its sign where it is a bound.
  public String text() {
    return bound.sign + value;
  }
}
