package dev.pharos.wire.otlp;

/// Rows of a batch to be encoded: a range, or a list of row numbers. Positions count from 0. Reusable; one thread at a
/// time.
final class RowSelection {
  private static final int[] NO_LIST = {};

  private int[] list = NO_LIST;
  private boolean listed;
  private int from;
  private int size;

  RowSelection range(int from, int to) {
    return set(NO_LIST, false, from, to);
  }

  RowSelection list(int[] rows, int from, int to) {
    return set(rows, true, from, to);
  }

  private RowSelection set(int[] rows, boolean asList, int from, int to) {
    this.list = rows;
    this.listed = asList;
    this.from = from;
    this.size = to - from;
    return this;
  }

  int size() {
    return size;
  }

  int row(int position) {
    return listed ? list[from + position] : from + position;
  }

  /// Arranges the rows by the columns that name their Resource and scope.
  void group(RowGroups groups, int resources, int[] resource, int[] scope) {
    groups.start(resources, size);
    for (int i = 0; i < size; i++) {
      int row = row(i);
      groups.add(i, resource[row], scope[row]);
    }
  }
}
