package dev.pharos.query.promql;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A regular expression on label values: RE2, anchored at both ends, `.` matches a newline.
///
/// Alternations of plain texts, and plain texts before or after `.*` or `.+`, are matched without the automaton.
final class LabelRegex {
  private final Pattern pattern;
  private final Set<String> literals;
  private final String prefix;
  private final String suffix;
  private final int wildcard;

  /// @param wildcard what lies between prefix and suffix: -1 the automaton must say, 0 `.*`, 1 `.+`
  private LabelRegex(
      Pattern pattern, Set<String> literals, String prefix, String suffix, int wildcard) {
    this.pattern = pattern;
    this.literals = literals;
    this.prefix = prefix;
    this.suffix = suffix;
    this.wildcard = wildcard;
  }

  /// @throws com.google.re2j.PatternSyntaxException if it is not RE2
  static LabelRegex compile(String expression) {
    // Alone first: parentheses that close what the anchoring opens are an error.
    Pattern.compile(expression);
    Pattern pattern = Matchers.pattern(expression);
    Set<String> literals = alternatives(expression);
    if (!literals.isEmpty()) {
      return new LabelRegex(pattern, literals, "", "", -1);
    }
    int star = plainLength(expression);
    String prefix = expression.substring(0, star).replace("\\", "");
    String rest = expression.substring(star);
    if (rest.startsWith(".*") || rest.startsWith(".+")) {
      String tail = rest.substring(2);
      if (plainLength(tail) == tail.length()) {
        return new LabelRegex(
            pattern, Set.of(), prefix, tail.replace("\\", ""), rest.charAt(1) == '*' ? 0 : 1);
      }
    }
    // The last plain character may be repeated or made optional by what follows it, behind a group
    // of flags too, so it is no part of the prefix.
    boolean quantified = !rest.isEmpty() && "*+?{|".indexOf(rest.charAt(0)) >= 0;
    return new LabelRegex(
        pattern,
        Set.of(),
        quantified || expression.contains("|") || expression.contains("(?") ? "" : prefix,
        "",
        -1);
  }

  /// Length of the run of plain characters and escaped punctuation at the start.
  private static int plainLength(String expression) {
    int i = 0;
    while (i < expression.length()) {
      char c = expression.charAt(i);
      if (c == '\\') {
        if (i + 1 == expression.length()
            || ".*+?()|[]{}^$-/:".indexOf(expression.charAt(i + 1)) < 0) {
          return i;
        }
        i += 2;
      } else if (".*+?()|[]{}^$".indexOf(c) >= 0) {
        return i;
      } else {
        i++;
      }
    }
    return i;
  }

  private static Set<String> alternatives(String expression) {
    String body = expression;
    if (body.startsWith("(")
        && body.endsWith(")")
        && body.indexOf('(', 1) < 0
        && !body.startsWith("(?")) {
      body = body.substring(1, body.length() - 1);
    }
    List<String> found = new ArrayList<>();
    int from = 0;
    while (true) {
      String rest = body.substring(from);
      int length = plainLength(rest);
      found.add(rest.substring(0, length).replace("\\", ""));
      if (length == rest.length()) {
        return rest.contains("\\\\") ? Set.of() : new LinkedHashSet<>(found);
      }
      if (rest.charAt(length) != '|') {
        return Set.of();
      }
      from += length + 1;
    }
  }

  boolean matches(String value) {
    if (!literals.isEmpty()) {
      return literals.contains(value);
    }
    if (!value.startsWith(prefix)) {
      return false;
    }
    if (wildcard >= 0) {
      return value.length() >= prefix.length() + suffix.length() + wildcard
          && value.endsWith(suffix);
    }
    return pattern.matches(value);
  }

  /// The only values that match, if they are a known few; else empty.
  Set<String> literals() {
    return literals;
  }
}
