package dev.pharos.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The labels of one instrument.
///
/// @param pairs names and values in turn, in the order of names
record LabelPairs(List<String> pairs) implements Comparable<LabelPairs> {
  static LabelPairs of(String... labels) {
    if (labels.length % 2 != 0) {
      throw new IllegalArgumentException(
          "labels: " + labels.length + " texts (expected: names and values in turn)");
    }
    Map<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      sorted.put(labels[i], labels[i + 1]);
    }
    List<String> pairs = new ArrayList<>(labels.length);
    sorted.forEach(
        (name, value) -> {
          pairs.add(name);
          pairs.add(value);
        });
    return new LabelPairs(List.copyOf(pairs));
  }

  @Override
  public int compareTo(LabelPairs other) {
    int shared = Math.min(pairs.size(), other.pairs.size());
    for (int i = 0; i < shared; i++) {
      int order = pairs.get(i).compareTo(other.pairs.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(pairs.size(), other.pairs.size());
  }
}
