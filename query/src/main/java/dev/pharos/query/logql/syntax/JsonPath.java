package dev.pharos.query.logql.syntax;

import dev.pharos.query.syntax.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A path into a JSON text: `a.b[0]["c d"]`.
public record JsonPath(List<Step> steps) {
  public sealed interface Step {
    record Member(String name) implements Step {}

    record Element(int index) implements Step {}
  }

  /// The path, or empty where the text is none.
  public static Optional<JsonPath> parse(String text) {
    var steps = new ArrayList<Step>();
    int i = 0;
    boolean name = true;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '[') {
        int end = bracketEnd(text, i);
        Optional<Step> step =
            end < 0 ? Optional.empty() : bracket(text.substring(i + 1, end).strip());
        if (step.isEmpty() || (name && !steps.isEmpty())) {
          return Optional.empty();
        }
        steps.add(step.get());
        i = end + 1;
        name = false;
      } else if (c == '.' && !name) {
        i++;
        name = true;
      } else if (name && isNamePart(c) && !(c >= '0' && c <= '9')) {
        int start = i;
        while (i < text.length() && isNamePart(text.charAt(i))) {
          i++;
        }
        steps.add(new Step.Member(text.substring(start, i)));
        name = false;
      } else {
        return Optional.empty();
      }
    }
    return name ? Optional.empty() : Optional.of(new JsonPath(List.copyOf(steps)));
  }

  private static int bracketEnd(String text, int open) {
    int i = open + 1;
    boolean quoted = false;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ']' && !quoted) {
        return i;
      }
      i++;
    }
    return -1;
  }

  private static Optional<Step> bracket(String inner) {
    if (inner.length() >= 2 && inner.startsWith("\"") && inner.endsWith("\"")) {
      return Quoting.unquote(inner.substring(1, inner.length() - 1)).map(Step.Member::new);
    }
    if (inner.isEmpty()
        || inner.length() > 9
        || !inner.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return Optional.of(new Step.Element(Integer.parseInt(inner)));
  }

  private static boolean isNamePart(char c) {
    return c == '_' || c == '-' || c == '@' || Character.isLetterOrDigit(c);
  }
}
