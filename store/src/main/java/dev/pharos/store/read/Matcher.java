package dev.pharos.store.read;

import java.util.Set;
import java.util.function.Predicate;

/// One condition on a label. A label that is not there has the value `""`.
///
/// @param value the text as written, a literal or an expression
/// @param test whether a value satisfies the condition, negation included
/// @param literals if not empty: the only values that can satisfy it, so that postings can be looked up
public record Matcher(
    String name, Kind kind, String value, Predicate<String> test, Set<String> literals) {
  /// The four operators.
  public enum Kind {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  public static Matcher equal(String name, String value) {
    return new Matcher(name, Kind.EQUAL, value, value::equals, Set.of(value));
  }

  public static Matcher notEqual(String name, String value) {
    return new Matcher(name, Kind.NOT_EQUAL, value, text -> !text.equals(value), Set.of());
  }

  public boolean matches(String labelValue) {
    return test.test(labelValue);
  }

  /// Whether a series without this label satisfies the condition.
  public boolean matchesEmpty() {
    return test.test("");
  }
}
