package dev.pharos.model;

/// Rows that are kept as columns, in arrays that grow together. Thread rule as for [Symbols].
public abstract class RowTable {
  private int room;
  private int rows;

  /// A table without rows.
  ///
  /// @param room how many rows its arrays have
  RowTable(int room) {
    this(room, 0);
  }

  RowTable(int room, int rows) {
    this.room = room;
    this.rows = rows;
  }

  /// The room that a table for so many rows begins with.
  static int roomFor(int capacity) {
    return Math.max(4, capacity);
  }

  /// Rows in use; the arrays of the columns are valid up to here. Only the builder of the batch writes to them.
  public final int rows() {
    return rows;
  }

  /// Appends a row of zeros and returns its index.
  public final int addRow() {
    if (rows == room) {
      grow(rows * 2);
    }
    return rows++;
  }

  /// Appends so many rows of zeros and returns the index of the first.
  public final int addRows(int count) {
    int first = rows;
    if (count > room - rows) {
      grow(Math.max(Math.addExact(rows, count), (int) Math.min(rows * 2L, Integer.MAX_VALUE - 16)));
    }
    rows += count;
    return first;
  }

  private void grow(int more) {
    resize(more);
    room = more;
  }

  /// Forgets the rows from `count` on, whose columns are zeros again.
  final void cut(int count) {
    rows = count;
  }

  /// Gives every column this length.
  abstract void resize(int room);
}
