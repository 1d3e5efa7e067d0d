package dev.pharos.pipeline.config;

import java.util.Map;

/// Writes a tree as JSON on one line. Numbers that JSON has no word for become texts.
public final class JsonWriter {
  private JsonWriter() {}

  public static String write(ConfigNode node) {
    StringBuilder out = new StringBuilder();
    append(node, out);
    return out.append('\n').toString();
  }

  private static void append(ConfigNode node, StringBuilder out) {
    switch (node) {
      case ConfigNode.NullNode _ -> out.append("null");
      case ConfigNode.ScalarNode scalar -> out.append(scalar(scalar.value()));
      case ConfigNode.ListNode list -> {
        String separator = "[";
        for (ConfigNode item : list.items()) {
          out.append(separator);
          append(item, out);
          separator = ",";
        }
        out.append(list.items().isEmpty() ? "[]" : "]");
      }
      case ConfigNode.MapNode map -> {
        String separator = "{";
        for (Map.Entry<String, ConfigNode.Entry> entry : map.entries().entrySet()) {
          out.append(separator).append(YamlWriter.quoted(entry.getKey())).append(':');
          append(entry.getValue().value(), out);
          separator = ",";
        }
        out.append(map.entries().isEmpty() ? "{}" : "}");
      }
    }
  }

  private static String scalar(Scalar value) {
    return switch (value) {
      case Scalar.Text text -> YamlWriter.quoted(text.value());
      case Scalar.Time time -> YamlWriter.quoted(time.text());
      case Scalar.Decimal number when !Double.isFinite(number.value()) ->
          YamlWriter.quoted(Double.toString(number.value()));
      case Scalar.Decimal number -> Double.toString(number.value());
      case Scalar.Int number -> Long.toString(number.value());
      case Scalar.Bool bool -> Boolean.toString(bool.value());
    };
  }
}
