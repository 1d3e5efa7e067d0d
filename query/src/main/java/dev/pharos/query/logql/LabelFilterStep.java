package dev.pharos.query.logql;

import dev.pharos.query.logql.syntax.IpPattern;
import dev.pharos.query.logql.syntax.LabelCondition;
import dev.pharos.query.logql.syntax.LabelCondition.Comparison;
import dev.pharos.query.logql.syntax.Matcher;
import dev.pharos.query.regex.Regex;
import dev.pharos.query.syntax.Units;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Keeps lines by their labels. A text that is no number, duration or size where one is wanted marks the line with
/// `LabelFilterErr` and keeps it; on a line already in error only text conditions filter.
final class LabelFilterStep implements Step {
  private static final String ERROR = "LabelFilterErr";

  private interface Test {
    boolean keeps(Line line);
  }

  private final Test test;

  LabelFilterStep(LabelCondition condition) {
    this.test = compile(condition);
  }

  @Override
  public boolean apply(Line line) {
    return test.keeps(line);
  }

  private static Test compile(LabelCondition condition) {
    return switch (condition) {
      case LabelCondition.Text t -> text(t.matcher());
      case LabelCondition.Number n -> line -> number(line, n.label(), n.op(), n.value());
      case LabelCondition.Duration d -> line -> duration(line, d.label(), d.op(), d.nanos());
      case LabelCondition.Bytes b -> line -> size(line, b.label(), b.op(), b.bytes());
      case LabelCondition.Ip i -> {
        IpPattern pattern = IpPattern.parse(i.pattern()).orElseThrow();
        yield line ->
            line.failed()
                || (line.has(i.label()) && pattern.contains(line.get(i.label())) != i.negated());
      }
      case LabelCondition.And a -> {
        Test left = compile(a.left());
        Test right = compile(a.right());
        yield line -> left.keeps(line) & right.keeps(line);
      }
      case LabelCondition.Or o -> {
        Test left = compile(o.left());
        Test right = compile(o.right());
        yield line -> left.keeps(line) || right.keeps(line);
      }
    };
  }

  private static Test text(Matcher matcher) {
    String name = matcher.name();
    boolean negative = matcher.op().isNegative();
    if (matcher.op().isRegex()) {
      Regex regex = Regex.anchored(matcher.value(), false);
      return line -> regex.matches(line.get(name)) != negative;
    }
    String value = matcher.value();
    return line -> line.get(name).equals(value) != negative;
  }

  private static boolean number(Line line, String label, Comparison op, double wanted) {
    if (line.failed()) {
      return true;
    }
    if (!line.has(label)) {
      return false;
    }
    String text = line.get(label);
    OptionalDouble value = parse(text);
    return value.isPresent()
        ? op.test(value.getAsDouble(), wanted)
        : fail(line, "\"" + text + "\" is not a number");
  }

  private static boolean duration(Line line, String label, Comparison op, long wanted) {
    if (line.failed()) {
      return true;
    }
    if (!line.has(label)) {
      return false;
    }
    String text = line.get(label);
    OptionalLong value = Units.goDuration(text);
    return value.isPresent()
        ? op.test(value.getAsLong(), wanted)
        : fail(line, "\"" + text + "\" is not a duration");
  }

  private static boolean size(Line line, String label, Comparison op, long wanted) {
    if (line.failed()) {
      return true;
    }
    if (!line.has(label)) {
      return false;
    }
    String text = line.get(label);
    OptionalLong value = Units.bytes(text);
    return value.isPresent()
        ? op.test(value.getAsLong(), wanted)
        : fail(line, "\"" + text + "\" is not a size");
  }

  private static boolean fail(Line line, String details) {
    line.fail(ERROR, details);
    return true;
  }

  /// A number as Go reads it; Java's suffixes `f` and `d` are none.
  private static OptionalDouble parse(String text) {
    if (text.isEmpty()
        || "fFdD".indexOf(text.charAt(text.length() - 1)) >= 0
        || text.charAt(0) <= ' '
        || text.charAt(text.length() - 1) <= ' ') {
      boolean infinite = text.equalsIgnoreCase("inf") || text.equalsIgnoreCase("+inf");
      return infinite
          ? OptionalDouble.of(Double.POSITIVE_INFINITY)
          : text.equalsIgnoreCase("-inf")
              ? OptionalDouble.of(Double.NEGATIVE_INFINITY)
              : OptionalDouble.empty();
    }
    char last = text.charAt(text.length() - 1);
    if (Character.isLetter(last)) {
      return switch (text.toLowerCase(java.util.Locale.ROOT)) {
        case "nan" -> OptionalDouble.of(Double.NaN);
        case "infinity", "+infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
        case "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
        default -> OptionalDouble.empty();
      };
    }
    for (int i = 0; i < text.length(); i++) {
      if ("+-.eE0123456789".indexOf(text.charAt(i)) < 0) {
        return OptionalDouble.empty();
      }
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
