package dev.pharos.query.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A test script of Prometheus, cut into its commands.
record PromScript(List<Command> commands) {
  private static final Pattern INSTANT =
      Pattern.compile(
          "(?i)eval(?:_(fail|warn|info|ordered))?\\s+instant\\s+(?:at\\s+(\\S+))?\\s+(.+)");
  private static final Pattern RANGE =
      Pattern.compile(
          "(?i)eval(?:_(fail|warn|info))?\\s+range\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+?)\\s+(.+)");

  sealed interface Command {}

  record Clear() implements Command {}

  /// @param nhcb whether classic histograms are also stored as native ones with custom bounds
  record Load(long stepMillis, List<String> series, boolean nhcb) implements Command {}

  /// @param line where the command stands, from 1
  /// @param stepMillis 0 for an instant evaluation
  /// @param expected the lines below the command
  record Eval(
      int line,
      String query,
      long start,
      long end,
      long stepMillis,
      String legacy,
      List<String> expected)
      implements Command {}

  static PromScript parse(List<String> lines) {
    List<Command> commands = new ArrayList<>();
    int i = 0;
    while (i < lines.size()) {
      String line = clean(lines.get(i));
      int number = ++i;
      if (line.isEmpty()) {
        continue;
      }
      List<String> block = new ArrayList<>();
      while (!line.equalsIgnoreCase("clear")
          && i < lines.size()
          && !clean(lines.get(i)).isEmpty()) {
        block.add(clean(lines.get(i++)));
      }
      commands.add(command(number, line, block));
    }
    return new PromScript(commands);
  }

  private static String clean(String line) {
    String trimmed = line.strip();
    return trimmed.startsWith("#") ? "" : trimmed;
  }

  private static Command command(int number, String line, List<String> block) {
    String word = line.split("\\s+", 2)[0].toLowerCase(java.util.Locale.ROOT);
    if (word.equals("clear")) {
      return new Clear();
    }
    if (word.startsWith("load")) {
      return new Load(millis(line.split("\\s+")[1]), block, word.equals("load_with_nhcb"));
    }
    Matcher instant = INSTANT.matcher(line);
    if (instant.matches()) {
      long at = instant.group(2) == null ? 0 : millis(instant.group(2));
      return new Eval(number, instant.group(3), at, at, 0, String.valueOf(instant.group(1)), block);
    }
    Matcher range = RANGE.matcher(line);
    if (range.matches()) {
      return new Eval(
          number,
          range.group(5),
          millis(range.group(2)),
          millis(range.group(3)),
          millis(range.group(4)),
          String.valueOf(range.group(1)),
          block);
    }
    throw new IllegalArgumentException("line " + number + ": no command: " + line);
  }

  static long millis(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    boolean number = digits.chars().allMatch(c -> Lexer.isDigit(c) || c == '.');
    long millis =
        number
            ? Math.round(Double.parseDouble(digits) * 1000)
            : NumberSyntax.durationMillis(digits);
    return negative ? -millis : millis;
  }
}
