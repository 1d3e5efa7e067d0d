package dev.pharos.store.segment;

import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.read.RowGroups;
import java.util.ArrayList;
import java.util.List;

/// The attributes of a table's rows as runs, from the shapes of the rows: a column has a value for each row whose shape
/// has it. One thread at a time.
final class ShapedRuns {
  /// Reads the values of columns.
  @FunctionalInterface
  interface Source {
    /// The values that the rows have in a column, in the order of rows.
    ///
    /// @param has by shape, as in [AttributeRun]
    /// @param count how many rows have the column
    AttributeColumns.Values values(int column, byte[] has, int count);
  }

  private final AttributeKeys keys;
  private final RowGroups shapes;
  private final Source source;

  /// How many rows are of each shape.
  private final int[] rows;

  /// @param shapes of the rows
  ShapedRuns(AttributeKeys keys, RowGroups shapes, Source source) {
    this.keys = keys;
    this.shapes = shapes;
    this.source = source;
    this.rows = shapes.sizes();
  }

  /// The values of this name, those of each column together.
  List<AttributeRun> of(String name) {
    int key = keys.find(name);
    if (key < 0) {
      return List.of();
    }
    int[] first = keys.firstColumns(key);
    List<AttributeRun> runs = new ArrayList<>();
    for (int column = 0; column < keys.key().length; column++) {
      if (keys.key()[column] == key) {
        add(column, keys.has(column, first), runs);
      }
    }
    return runs;
  }

  /// Leaves out what no row has as the first of its key.
  private void add(int column, byte[] has, List<AttributeRun> runs) {
    int count = 0;
    boolean counts = false;
    for (int shape = 0; shape < has.length; shape++) {
      count += has[shape] == AttributeRun.NONE ? 0 : rows[shape];
      counts |= has[shape] == AttributeRun.FIRST && rows[shape] > 0;
    }
    if (counts) {
      AttributeColumns.Values own = source.values(column, has, count);
      byte type = (byte) keys.type()[column];
      runs.add(new AttributeRun(type, shapes, has, own.values(), own.from(), count, own.symbols()));
    }
  }
}
