package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.LongRows;
import dev.pharos.store.segment.encoding.LongTable;
import java.util.Arrays;

/// Finds the columns and shapes of attribute rows: a column for each (key, type, occurrence), a shape for each sequence
/// of columns that some row has. One thread.
final class AttributeShapes {
  private final AttributeRows rows;
  private final int[] columnOf;
  private final long[] shapeOf;
  private final LongTable kinds = new LongTable(32);

  /// Per kind (key and type): the row it was last seen in, how often there, and its columns by occurrence.
  private int[] lastParent = new int[32];

  private int[] seen = new int[32];
  private int[][] columnsOfKind = new int[32][];

  /// Per kind, plus one, the kind that came after it last; entry 0 is the beginning of a row.
  private int[] followers = new int[33];

  private int[] kindOf = new int[32];
  private int[] occurrences = new int[32];
  private int[] counts = new int[32];
  private int columns;
  private final LongTable hashes = new LongTable(32);
  private final LongRows lengths = new LongRows();
  private final LongRows members = new LongRows();
  private int[] starts = new int[32];

  AttributeShapes(AttributeRows rows, int parents) {
    this.rows = rows;
    this.columnOf = new int[rows.size()];
    this.shapeOf = new long[parents];
    for (int parent = 0; parent < parents; parent++) {
      long hash = 1;
      int before = 0;
      for (int i = rows.from(parent), end = rows.to(parent); i < end; i++) {
        int kind = kind((long) rows.key(i) << 8 | rows.type(i) & 0xff, before);
        int column = column(kind, parent);
        before = kind + 1;
        counts[column]++;
        columnOf[i] = column;
        hash = (Long.rotateLeft(hash, 11) ^ column + 1) * 0x9E3779B97F4A7C15L;
      }
      shapeOf[parent] = shape(hash, rows.from(parent), rows.to(parent));
    }
  }

  /// The kind of an attribute; most rows have the same attributes in the same order, so the kind that followed last
  /// time is looked at first.
  private int kind(long wanted, int before) {
    int guess = followers[before];
    if (guess < kinds.size() && kinds.value(guess) == wanted) {
      return guess;
    }
    int kind = kinds.add(wanted);
    followers[before] = kind;
    return kind;
  }

  private int column(int kind, int parent) {
    if (kind >= lastParent.length) {
      lastParent = Arrays.copyOf(lastParent, kind * 2);
      seen = Arrays.copyOf(seen, kind * 2);
      columnsOfKind = Arrays.copyOf(columnsOfKind, kind * 2);
      followers = Arrays.copyOf(followers, kind * 2 + 1);
    }
    int occurrence = 0;
    if (lastParent[kind] == parent + 1) {
      occurrence = ++seen[kind];
    } else {
      lastParent[kind] = parent + 1;
      seen[kind] = 0;
    }
    int[] of = columnsOfKind[kind];
    if (of == null || occurrence >= of.length) {
      of = of == null ? new int[1] : Arrays.copyOf(of, occurrence * 2);
      columnsOfKind[kind] = of;
    }
    if (of[occurrence] == 0) {
      of[occurrence] = addColumn(kind, occurrence) + 1;
    }
    return of[occurrence] - 1;
  }

  private int addColumn(int kind, int occurrence) {
    if (columns == kindOf.length) {
      kindOf = Arrays.copyOf(kindOf, columns * 2);
      occurrences = Arrays.copyOf(occurrences, columns * 2);
      counts = Arrays.copyOf(counts, columns * 2);
    }
    kindOf[columns] = kind;
    occurrences[columns] = occurrence;
    return columns++;
  }

  private int shape(long hash, int from, int to) {
    long tried = hash;
    while (true) {
      int shape = hashes.add(tried);
      if (shape == lengths.size()) {
        if (shape == starts.length) {
          starts = Arrays.copyOf(starts, shape * 2);
        }
        starts[shape] = members.size();
        lengths.add(to - from);
        for (int i = from; i < to; i++) {
          members.add(columnOf[i]);
        }
        return shape;
      }
      if (isShape(shape, from, to)) {
        return shape;
      }
      tried++;
    }
  }

  private boolean isShape(int shape, int from, int to) {
    if (lengths.get(shape) != to - from) {
      return false;
    }
    int start = starts[shape];
    for (int i = from; i < to; i++) {
      if (members.get(start + i - from) != columnOf[i]) {
        return false;
      }
    }
    return true;
  }

  int columns() {
    return columns;
  }

  int key(int column) {
    return (int) (kinds.value(kindOf[column]) >> 8);
  }

  byte type(int column) {
    return (byte) kinds.value(kindOf[column]);
  }

  int occurrence(int column) {
    return occurrences[column];
  }

  /// Rows that have the column.
  int count(int column) {
    return counts[column];
  }

  /// The column of an attribute row.
  int ofAttribute(int row) {
    return columnOf[row];
  }

  /// The shape of each parent row.
  long[] ofRows() {
    return shapeOf;
  }

  /// Number of shapes.
  int count() {
    return lengths.size();
  }

  long[] lengths() {
    return lengths.values();
  }

  /// The columns of all shapes.
  long[] members() {
    return members.values();
  }

  int memberCount() {
    return members.size();
  }
}
