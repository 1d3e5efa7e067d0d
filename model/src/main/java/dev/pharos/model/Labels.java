package dev.pharos.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// A label set: names and values, sorted by the byte order of the names' UTF-8, no name twice, no empty value.
/// Immutable. The order of label sets is Prometheus': name by name and value by value in byte order, the shorter first.
public final class Labels implements Comparable<Labels> {
  public static final Labels EMPTY = new Labels(new String[0]);

  /// The label that carries the metric's name.
  public static final String NAME = "__name__";

  private final String[] pairs;
  private final int hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
    this.hash = Arrays.hashCode(pairs);
  }

  /// Labels of names and values in turn, in any order; a name with an empty value is left out, of a name given twice
  /// the last counts.
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "labels: " + namesAndValues.length + " texts (expected: names and values in turn)");
    }
    var builder = new Builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /// Labels of names and values in turn that are in order already, no name twice and no value empty; takes the array
  /// over.
  public static Labels ofSorted(String[] namesAndValues) {
    return namesAndValues.length == 0 ? EMPTY : new Labels(namesAndValues);
  }

  public static Labels of(Map<String, String> labels) {
    var builder = new Builder();
    labels.forEach(builder::set);
    return builder.build();
  }

  /// A builder that starts with these labels.
  public Builder toBuilder() {
    var builder = new Builder();
    forEach(builder::set);
    return builder;
  }

  public int size() {
    return pairs.length / 2;
  }

  public String name(int i) {
    return pairs[2 * i];
  }

  public String value(int i) {
    return pairs[2 * i + 1];
  }

  /// The value, or `""` if there is no such label, which matchers treat alike.
  public String get(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return "";
  }

  public Optional<String> find(String name) {
    String value = get(name);
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  public void forEach(BiConsumer<String, String> each) {
    for (int i = 0; i < pairs.length; i += 2) {
      each.accept(pairs[i], pairs[i + 1]);
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Labels other && hash == other.hash && Arrays.equals(pairs, other.pairs);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(Labels other) {
    int shared = Math.min(pairs.length, other.pairs.length);
    for (int i = 0; i < shared; i++) {
      int order = compareBytes(pairs[i], other.pairs[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(pairs.length, other.pairs.length);
  }

  /// Order by UTF-8 bytes, which is the order of code points and not that of `String.compareTo`.
  public static int compareBytes(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
        return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /// `{a="x", b="y"}` with the name first, as PromQL writes it.
  @Override
  public String toString() {
    var text = new StringBuilder(get(NAME)).append('{');
    String separator = "";
    for (int i = 0; i < pairs.length; i += 2) {
      if (!pairs[i].equals(NAME)) {
        text.append(separator).append(pairs[i]).append("=\"");
        text.append(pairs[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
            .append('"');
        separator = ", ";
      }
    }
    return text.append('}').toString();
  }

  /// UTF-8 bytes of all names and values.
  public int textBytes() {
    int total = 0;
    for (String text : pairs) {
      total += text.getBytes(StandardCharsets.UTF_8).length;
    }
    return total;
  }

  /// Collects labels in any order. One thread.
  public static final class Builder {
    private final TreeMap<String, String> map = new TreeMap<>(Labels::compareBytes);

    /// Sets a label; an empty value removes it.
    public Builder set(String name, String value) {
      if (value.isEmpty()) {
        map.remove(name);
      } else {
        map.put(name, value);
      }
      return this;
    }

    public Builder remove(String name) {
      map.remove(name);
      return this;
    }

    public Labels build() {
      if (map.isEmpty()) {
        return EMPTY;
      }
      var pairs = new String[map.size() * 2];
      int i = 0;
      for (var entry : map.entrySet()) {
        pairs[i++] = entry.getKey();
        pairs[i++] = entry.getValue();
      }
      return new Labels(pairs);
    }
  }
}
