package dev.pharos.components.debug;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The rows of a batch by Resource and scope, in the order in which they are first seen.
record Grouping(SequencedMap<Integer, SequencedMap<Integer, List<Integer>>> resources) {
  static Grouping of(int rows, int[] resource, int[] scope) {
    SequencedMap<Integer, SequencedMap<Integer, List<Integer>>> groups = new LinkedHashMap<>();
    for (int row = 0; row < rows; row++) {
      groups
          .computeIfAbsent(resource[row], ignored -> new LinkedHashMap<>())
          .computeIfAbsent(scope[row], ignored -> new ArrayList<>())
          .add(row);
    }
    return new Grouping(groups);
  }
}
