package dev.pharos.model.naming;

import java.util.ArrayList;
import java.util.List;

/// Prometheus names of OpenTelemetry metrics and attributes, by the strategy `UnderscoreEscapingWithSuffixes`, with the
/// results of Prometheus 3.14.
public final class MetricNames {
  private MetricNames() {}

  /// The metric's name with the suffixes of its unit and kind.
  ///
  /// @param monotonicSum a counter: the name ends in `total`
  /// @param gauge with unit `1` the name ends in `ratio`
  public static String metric(String name, String unit, boolean monotonicSum, boolean gauge) {
    List<String> tokens = tokens(name);
    String main = UnitNames.main(unit);
    String per = UnitNames.per(unit);
    if (!main.isEmpty() && !tokens.contains(main)) {
      tokens.add(main);
    }
    if (!per.isEmpty() && !tokens.contains(per)) {
      tokens.add("per");
      tokens.add(per);
    }
    if (monotonicSum) {
      moveLast(tokens, "total");
    }
    if (gauge && unit.equals("1")) {
      moveLast(tokens, "ratio");
    }
    String joined = String.join("_", tokens);
    return !joined.isEmpty() && isDigit(joined.charAt(0)) ? "_" + joined : joined;
  }

  /// The words of a unit as they stand in names, `bytes_per_second` for `By/s`.
  public static String unit(String unit) {
    String main = UnitNames.main(unit);
    String per = UnitNames.per(unit);
    if (per.isEmpty()) {
      return main;
    }
    return main.isEmpty() ? "per_" + per : main + "_per_" + per;
  }

  /// The label's name of an attribute key.
  public static String label(String key) {
    if (key.isEmpty()) {
      return "";
    }
    var name = new StringBuilder(key.length() + 4);
    for (int i = 0; i < key.length(); ) {
      int c = key.codePointAt(i);
      name.append(isLetter(c) || isDigit(c) || c == '_' ? (char) c : '_');
      i += Character.charCount(c);
    }
    if (isDigit(name.charAt(0))) {
      name.insert(0, "key_");
    } else if (name.charAt(0) == '_' && (name.length() < 2 || name.charAt(1) != '_')) {
      name.insert(0, "key");
    }
    return name.toString();
  }

  private static void moveLast(List<String> tokens, String word) {
    tokens.removeIf(word::equals);
    tokens.add(word);
  }

  /// The runs of letters, digits and colons.
  static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean inside =
          i < text.length()
              && (isLetter(text.charAt(i)) || isDigit(text.charAt(i)) || text.charAt(i) == ':');
      if (inside && start < 0) {
        start = i;
      } else if (!inside && start >= 0) {
        tokens.add(text.substring(start, i));
        start = -1;
      }
    }
    return tokens;
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
