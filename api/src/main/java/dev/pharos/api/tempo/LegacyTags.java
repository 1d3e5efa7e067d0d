package dev.pharos.api.tempo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The search parameters from before TraceQL (`tags` in logfmt, `minDuration`, `maxDuration`) as a TraceQL query.
/// Values of tags match as substrings, with case; a number or a truth value also equals an attribute of that type.
final class LegacyTags {
  private static final Pattern PAIR =
      Pattern.compile("\\s*([^\\s=\"]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S*))");

  private static final Pattern TYPED = Pattern.compile("true|false|-?\\d{1,18}(?:\\.\\d+)?");

  private static final Pattern SPECIAL = Pattern.compile("[\\\\.\\[\\]{}()*+?^$|\"]");

  private LegacyTags() {}

  static String query(String tags, String minDuration, String maxDuration) {
    List<String> conditions = new ArrayList<>();
    Matcher pairs = PAIR.matcher(tags);
    int at = 0;
    while (at < tags.length() && pairs.find(at) && pairs.start() == at) {
      String value =
          pairs.group(2) == null ? pairs.group(3) : pairs.group(2).replaceAll("\\\\(.)", "$1");
      conditions.add(condition(pairs.group(1), value));
      at = pairs.end();
    }
    if (!tags.substring(Math.min(at, tags.length())).isBlank()) {
      throw new IllegalArgumentException(
          "invalid tags: \"" + tags + "\" (expected: key=value key2=\"value 2\")");
    }
    if (!minDuration.isEmpty()) {
      conditions.add("traceDuration >= " + minDuration);
    }
    if (!maxDuration.isEmpty()) {
      conditions.add("traceDuration <= " + maxDuration);
    }
    return "{ " + (conditions.isEmpty() ? "true" : String.join(" && ", conditions)) + " }";
  }

  private static boolean typed(String value) {
    return TYPED.matcher(value).matches();
  }

  private static String condition(String key, String value) {
    Matcher special = SPECIAL.matcher(value);
    String quoted =
        "\".*" + special.replaceAll(m -> "\\\\\\\\" + Matcher.quoteReplacement(m.group())) + ".*\"";
    return switch (key) {
      case "name" -> "name =~ " + quoted;
      case "status.code", "status" -> "status = " + value;
      case "error" -> "status = error";
      default ->
          typed(value)
              ? "(." + key + " =~ " + quoted + " || ." + key + " = " + value + ")"
              : "." + key + " =~ " + quoted;
    };
  }
}
