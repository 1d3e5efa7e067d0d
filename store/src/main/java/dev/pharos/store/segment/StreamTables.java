package dev.pharos.store.segment;

import dev.pharos.model.ResourceTable;
import dev.pharos.model.Symbols;
import java.util.ArrayList;
import java.util.List;

/// The tables of a log segment, Resources in the order of their streams, made of those of its sources. One thread.
final class StreamTables {
  private final SegmentTables collected = new SegmentTables();
  private final List<int[]> collectedRows = new ArrayList<>();
  private final SegmentTables sorted = new SegmentTables();
  private int[] newRows = {};
  private int[] ranks = {};

  void add(ResourceTable resources, Symbols symbols) {
    collectedRows.add(collected.addResources(resources, symbols));
  }

  /// Sorts what was added.
  void sort() {
    int count = collected.resources.size();
    var ids = new StreamId[count];
    var order = new int[count];
    for (int row = 0; row < count; row++) {
      ids[row] = StreamId.of(collected.resources, row, collected.symbols);
      order[row] = row;
    }
    RowOrder.sort(order, 0, count, (a, b) -> ids[a].compareTo(ids[b]));
    newRows = new int[count];
    ranks = new int[count];
    for (int i = 0; i < count; i++) {
      newRows[order[i]] = sorted.addResource(collected.resources, order[i], collected.symbols);
      ranks[i] = i == 0 ? 0 : ranks[i - 1] + (ids[order[i]].equals(ids[order[i - 1]]) ? 0 : 1);
    }
  }

  /// The sorted tables, to which scopes are added as they come.
  SegmentTables tables() {
    return sorted;
  }

  /// For each Resource of the source added as number `source`, its row in the sorted table.
  int[] rows(int source) {
    int[] rows = collectedRows.get(source).clone();
    for (int i = 0; i < rows.length; i++) {
      rows[i] = newRows[rows[i]];
    }
    return rows;
  }

  /// The place of a sorted Resource's stream among the streams; Resources of one stream have the same.
  int rank(int row) {
    return ranks[row];
  }
}
