package dev.pharos.pipeline.config;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes a tree as YAML that [ConfigLoader] reads back to the same values, `$` being the exception: it is written as
/// it is.
public final class YamlWriter {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_./](?:[A-Za-z0-9_./@+:\\- ]*[A-Za-z0-9_./@+\\-])?");
  private static final Set<String> BOOLS_ELSEWHERE = Set.of("y", "n", "yes", "no", "on", "off");
  private static final int STEP = 4;

  private final StringBuilder out = new StringBuilder();

  private YamlWriter() {}

  /// `node` in block style, ending with a newline.
  public static String write(ConfigNode node) {
    YamlWriter writer = new YamlWriter();
    switch (node) {
      case ConfigNode.MapNode map when !map.entries().isEmpty() -> writer.map(map, 0, false);
      case ConfigNode.ListNode list when !list.items().isEmpty() -> writer.list(list, 0);
      case ConfigNode.MapNode _,
          ConfigNode.ListNode _,
          ConfigNode.ScalarNode _,
          ConfigNode.NullNode _ ->
          writer.out.append(inline(node)).append('\n');
    }
    return writer.out.toString();
  }

  /// @param started whether the line of the first key has been indented, after the dash of a list
  private void map(ConfigNode.MapNode map, int indent, boolean started) {
    boolean first = started;
    for (Map.Entry<String, ConfigNode.Entry> entry : map.entries().entrySet()) {
      if (!first) {
        out.repeat(' ', indent);
      }
      first = false;
      out.append(text(entry.getKey())).append(':');
      value(entry.getValue().value(), indent + STEP);
    }
  }

  private void list(ConfigNode.ListNode list, int indent) {
    for (ConfigNode item : list.items()) {
      out.repeat(' ', indent).append('-');
      if (item instanceof ConfigNode.MapNode map && !map.entries().isEmpty()) {
        out.append(' ');
        map(map, indent + 2, true);
      } else {
        value(item, indent + STEP);
      }
    }
  }

  private void value(ConfigNode node, int indent) {
    switch (node) {
      case ConfigNode.MapNode map when !map.entries().isEmpty() -> {
        out.append('\n');
        map(map, indent, false);
      }
      case ConfigNode.ListNode list when !list.items().isEmpty() -> {
        out.append('\n');
        list(list, indent);
      }
      case ConfigNode.MapNode _,
          ConfigNode.ListNode _,
          ConfigNode.ScalarNode _,
          ConfigNode.NullNode _ ->
          out.append(' ').append(inline(node)).append('\n');
    }
  }

  private static String inline(ConfigNode node) {
    return switch (node) {
      case ConfigNode.MapNode _ -> "{}";
      case ConfigNode.ListNode _ -> "[]";
      case ConfigNode.NullNode _ -> "null";
      case ConfigNode.ScalarNode(var _, Scalar.Text(String value)) -> text(value);
      case ConfigNode.ScalarNode(var _, Scalar.Decimal(double value)) -> decimal(value);
      case ConfigNode.ScalarNode scalar -> scalar.value().display();
    };
  }

  private static String decimal(double value) {
    if (Double.isNaN(value)) {
      return ".nan";
    }
    return Double.isInfinite(value) ? (value > 0 ? ".inf" : "-.inf") : Double.toString(value);
  }

  private static String text(String value) {
    boolean plain =
        PLAIN.matcher(value).matches()
            && !value.contains(": ")
            && YamlScalars.isPlainText(value)
            && !BOOLS_ELSEWHERE.contains(value.toLowerCase(Locale.ROOT))
            && !value.startsWith("...");
    return plain ? value : quoted(value);
  }

  /// `value` in double quotes, which is the same in YAML and JSON.
  static String quoted(String value) {
    StringBuilder text = new StringBuilder("\"");
    value
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                default -> {
                  if (c < ' '
                      || (c >= 0x7f && c < 0xa0)
                      || c == 0x2028
                      || c == 0x2029
                      || c == 0xfeff) {
                    text.append(String.format(Locale.ROOT, "\\u%04x", c));
                  } else {
                    text.appendCodePoint(c);
                  }
                }
              }
            });
    return text.append('"').toString();
  }
}
