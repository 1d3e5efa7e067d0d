package dev.pharos.components.prometheus;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Labels as they are written between the braces of a sample, sorted by name. One thread.
final class LabelText {
  private final TreeMap<String, String> labels;

  LabelText() {
    labels = new TreeMap<>();
  }

  private LabelText(TreeMap<String, String> labels) {
    this.labels = labels;
  }

  LabelText copy() {
    return new LabelText(new TreeMap<>(labels));
  }

  /// Adds a label; values of names that several attributes come to are joined.
  void join(String name, String value) {
    labels.merge(name, value, (before, more) -> before + ";" + more);
  }

  void set(String name, String value) {
    labels.put(name, value);
  }

  void setIfAbsent(String name, String value) {
    labels.putIfAbsent(name, value);
  }

  void forEach(BiConsumer<String, String> each) {
    labels.forEach(each);
  }

  @Override
  public String toString() {
    var out = new StringBuilder();
    for (Map.Entry<String, String> label : labels.entrySet()) {
      out.append(out.isEmpty() ? "" : ",");
      boolean plain = Exposition.isPlain(label.getKey());
      out.append(plain ? label.getKey() : "\"" + escaped(label.getKey()) + "\"");
      out.append("=\"").append(escaped(label.getValue())).append('"');
    }
    return out.toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
