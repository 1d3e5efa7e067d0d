package dev.pharos.query.promql;

import com.google.re2j.Pattern;
import dev.pharos.store.read.Matcher;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Turns matchers as written into the store's.
public final class Matchers {
  private Matchers() {}

  public static List<Matcher> compile(List<LabelMatch> matches) {
    return matches.stream().map(Matchers::compile).toList();
  }

  private static Matcher compile(LabelMatch match) {
    return switch (match.op()) {
      case EQUAL -> Matcher.equal(match.name(), match.value());
      case NOT_EQUAL -> Matcher.notEqual(match.name(), match.value());
      case REGEX -> {
        LabelRegex regex = LabelRegex.compile(match.value());
        yield new Matcher(
            match.name(), Matcher.Kind.REGEX, match.value(), regex::matches, regex.literals());
      }
      case NOT_REGEX -> {
        Predicate<String> regex = LabelRegex.compile(match.value())::matches;
        yield new Matcher(
            match.name(), Matcher.Kind.NOT_REGEX, match.value(), regex.negate(), Set.of());
      }
    };
  }

  /// The capture-capable form of a label regex: anchored, `.` matches a newline.
  static Pattern pattern(String expression) {
    return Pattern.compile("^(?s:" + expression + ")$");
  }
}
