package dev.pharos.query.logql.syntax;

import dev.pharos.query.regex.Regex;
import dev.pharos.query.syntax.Quoting;

/// A condition on one label's text; a label that is not there reads as the empty text.
///
/// Regular expressions match whole values; `.` does not match a newline.
public record Matcher(String name, Op op, String value) {
  public enum Op {
    EQUAL("="),
    NOT_EQUAL("!="),
    MATCH("=~"),
    NOT_MATCH("!~");

    private final String symbol;

    Op(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    public boolean isRegex() {
      return this == MATCH || this == NOT_MATCH;
    }

    public boolean isNegative() {
      return this == NOT_EQUAL || this == NOT_MATCH;
    }
  }

  /// Whether a value meets the condition. Compiles at each call; a plan keeps a compiled form.
  public boolean matches(String text) {
    boolean same = op.isRegex() ? Regex.anchored(value, false).matches(text) : value.equals(text);
    return same != op.isNegative();
  }

  @Override
  public String toString() {
    return name + op.symbol + Quoting.quote(value);
  }
}
