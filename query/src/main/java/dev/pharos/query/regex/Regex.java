package dev.pharos.query.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A compiled RE2 expression over UTF-8 bytes, with shortcuts where the expression is a plain text, a prefix, a suffix
/// or a contained text. Immutable; any thread.
///
/// Anchored as label matchers are ([#anchored]) or searching as line filters do ([#searching]). In both, `.` matches a
/// newline too unless `dotAll` is false.
public final class Regex {
  private enum Kind {
    EVERYTHING,
    NON_EMPTY,
    EQUAL,
    PREFIX,
    SUFFIX,
    CONTAINS,
    GENERAL
  }

  private final String source;
  private final Kind kind;
  private final byte[] literal;
  private final Pattern pattern;
  private final boolean anchored;

  private Regex(String source, Kind kind, byte[] literal, Pattern pattern, boolean anchored) {
    this.source = source;
    this.kind = kind;
    this.literal = literal;
    this.pattern = pattern;
    this.anchored = anchored;
  }

  /// An expression that must match a whole value.
  ///
  /// @throws PatternSyntaxException if it is not RE2
  public static Regex anchored(String source, boolean dotAll) {
    Pattern pattern = Pattern.compile("^(?:" + source + ")$", dotAll ? Pattern.DOTALL : 0);
    return of(source, pattern, true, dotAll);
  }

  /// An expression that must match somewhere in a text; `.` matches a newline too.
  ///
  /// @throws PatternSyntaxException if it is not RE2
  public static Regex searching(String source) {
    return of(source, Pattern.compile(source, Pattern.DOTALL), false, true);
  }

  private static Regex of(String source, Pattern pattern, boolean anchored, boolean dotAll) {
    String rest = source;
    boolean openStart = !anchored;
    boolean openEnd = !anchored;
    if (dotAll && rest.equals(".*")) {
      return new Regex(source, Kind.EVERYTHING, new byte[0], pattern, anchored);
    }
    if (dotAll && rest.equals(".+")) {
      return new Regex(source, Kind.NON_EMPTY, new byte[0], pattern, anchored);
    }
    if (dotAll && rest.startsWith(".*")) {
      openStart = true;
      rest = rest.substring(2);
    }
    if (dotAll && rest.endsWith(".*") && !rest.endsWith("\\.*")) {
      openEnd = true;
      rest = rest.substring(0, rest.length() - 2);
    }
    Optional<String> text = plainText(rest);
    if (text.isEmpty()) {
      return new Regex(source, Kind.GENERAL, new byte[0], pattern, anchored);
    }
    Kind kind =
        openStart ? (openEnd ? Kind.CONTAINS : Kind.SUFFIX) : openEnd ? Kind.PREFIX : Kind.EQUAL;
    return new Regex(source, kind, text.get().getBytes(StandardCharsets.UTF_8), pattern, anchored);
  }

  /// The text that the expression spells, if it has no operator; escaped punctuation stands for itself.
  private static Optional<String> plainText(String expression) {
    var text = new StringBuilder();
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\') {
        i++;
        if (i == expression.length() || Character.isLetterOrDigit(expression.charAt(i))) {
          return Optional.empty();
        }
        text.append(expression.charAt(i));
      } else if (".*+?()|[]{}^$".indexOf(c) >= 0) {
        return Optional.empty();
      } else {
        text.append(c);
      }
    }
    return Optional.of(text.toString());
  }

  public boolean matches(byte[] utf8) {
    return matches(utf8, 0, utf8.length);
  }

  /// Whether the bytes from `from` (inclusive) to `to` (exclusive) match.
  public boolean matches(byte[] bytes, int from, int to) {
    int length = to - from;
    return switch (kind) {
      case EVERYTHING -> true;
      case NON_EMPTY -> length > 0;
      case EQUAL -> length == literal.length && startsAt(bytes, from);
      case PREFIX -> length >= literal.length && startsAt(bytes, from);
      case SUFFIX -> length >= literal.length && startsAt(bytes, to - literal.length);
      case CONTAINS -> Bytes.indexOf(bytes, from, to, literal) >= 0;
      case GENERAL -> {
        byte[] exact =
            from == 0 && to == bytes.length ? bytes : java.util.Arrays.copyOfRange(bytes, from, to);
        yield anchored ? pattern.matches(exact) : pattern.matcher(exact).find();
      }
    };
  }

  public boolean matches(String text) {
    return matches(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The one text that matches, if the expression is a plain text that must match whole.
  public Optional<String> equalText() {
    return kind == Kind.EQUAL
        ? Optional.of(new String(literal, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /// A text that every match contains, if one is known; empty when none is.
  public String requiredText() {
    return new String(literal, StandardCharsets.UTF_8);
  }

  public String source() {
    return source;
  }

  private boolean startsAt(byte[] bytes, int at) {
    for (int i = 0; i < literal.length; i++) {
      if (bytes[at + i] != literal[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Regex r && r.source.equals(source) && r.anchored == anchored;
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}
