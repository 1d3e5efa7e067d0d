package dev.pharos.store.delete;

import com.google.re2j.Pattern;
import dev.pharos.store.read.Matcher;
import java.util.Set;
import java.util.function.Predicate;

/// One condition on a row: that a text of it equals, or fully matches, another one.
///
/// Numbers and truth values are compared as they are written in decimal or as `true` and `false`. What a row does not
/// have is the empty text. Arrays, maps and byte strings satisfy no condition, not even a negated one.
///
/// @param name of the attribute or label; of a field as in [FieldNames]
/// @param value a text, or an RE2 expression that is anchored at both ends; at most [#MAX_CHARS] characters
public record RowMatcher(Subject subject, String name, Matcher.Kind kind, String value) {
  static final int MAX_CHARS = 8192;

  /// What of a row is looked at.
  public enum Subject {
    /// A label of a series. Metrics only.
    LABEL,
    /// An attribute of the Resource.
    RESOURCE,
    /// An attribute of the instrumentation scope. Spans and log records only.
    SCOPE,
    /// An attribute of the span or log record itself.
    ATTRIBUTE,
    /// A fixed field of the span or log record.
    FIELD
  }

  /// @throws IllegalArgumentException if it is too long, or an expression is not RE2
  public RowMatcher {
    if (name.length() > MAX_CHARS || value.length() > MAX_CHARS) {
      throw new IllegalArgumentException(
          "matcher of "
              + Math.max(name.length(), value.length())
              + " characters (limit: "
              + MAX_CHARS
              + ")");
    }
    if (kind == Matcher.Kind.REGEX || kind == Matcher.Kind.NOT_REGEX) {
      pattern(value);
    }
    if (subject == Subject.FIELD) {
      FieldNames.check(name);
    }
  }

  private static Predicate<String> test(Matcher.Kind kind, String value) {
    return switch (kind) {
      case EQUAL -> value::equals;
      case NOT_EQUAL -> text -> !text.equals(value);
      case REGEX -> pattern(value)::matches;
      case NOT_REGEX -> {
        Pattern pattern = pattern(value);
        yield text -> !pattern.matches(text);
      }
    };
  }

  private static Pattern pattern(String expression) {
    // Alone first: parentheses that close what the anchoring opens are an error.
    Pattern.compile(expression);
    return Pattern.compile("(?s:" + expression + ")");
  }

  Predicate<String> test() {
    return test(kind, value);
  }

  /// The condition as one on labels.
  public Matcher asMatcher(String label) {
    return new Matcher(
        label, kind, value, test(), kind == Matcher.Kind.EQUAL ? Set.of(value) : Set.of());
  }
}
