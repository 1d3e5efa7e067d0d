package dev.pharos.store.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A place in the rows of one segment that is being merged; holds one decoded block. One thread.
abstract class MergeCursor<C extends MergeCursor<C>> {
  private final List<BlockEntry> blocks;
  private int block = -1;
  private int row;
  private int rows;

  MergeCursor(Footer footer) {
    this(footer.blocks());
  }

  /// @param blocks those of the segment that are to be visited
  MergeCursor(List<BlockEntry> blocks) {
    this.blocks = blocks;
  }

  /// Reads a block; from then on rows are of that.
  abstract void load(BlockEntry entry);

  /// Whether the row is wanted.
  abstract boolean keeps(int at);

  /// Compares the present rows.
  abstract int compareTo(C other);

  final int row() {
    return row;
  }

  /// Moves to the next row that is wanted; false at the end.
  final boolean advance() {
    row++;
    while (true) {
      while (row >= rows) {
        if (++block == blocks.size()) {
          return false;
        }
        BlockEntry entry = blocks.get(block);
        load(entry);
        rows = entry.rows();
        row = 0;
      }
      if (keeps(row)) {
        return true;
      }
      row++;
    }
  }

  /// Visits the rows of all cursors, each in order already, in order; of equal ones those of the earlier cursor first.
  static <C extends MergeCursor<C>> void mergeAll(List<C> cursors, Consumer<C> each) {
    var open = new ArrayList<C>();
    for (C cursor : cursors) {
      if (cursor.advance()) {
        open.add(cursor);
      }
    }
    while (!open.isEmpty()) {
      int least = 0;
      for (int i = 1; i < open.size(); i++) {
        if (open.get(i).compareTo(open.get(least)) < 0) {
          least = i;
        }
      }
      C next = open.get(least);
      each.accept(next);
      if (!next.advance()) {
        open.remove(least);
      }
    }
  }
}
