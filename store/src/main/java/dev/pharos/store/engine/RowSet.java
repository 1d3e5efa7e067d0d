package dev.pharos.store.engine;

import java.util.Arrays;

/// A set of row positions as ordered runs that do not touch; most requests that were taken apart come to one or two.
/// One thread at a time.
final class RowSet {
  /// First and past the last of each run, in turn.
  private int[] runs = new int[2];

  private int used;

  static RowSet of(int from, int to) {
    var set = new RowSet();
    set.add(from, to);
    return set;
  }

  /// Adds the positions from `from` up to `to`.
  void add(int from, int to) {
    if (from < 0 || from >= to) {
      throw new IllegalArgumentException(
          "rows " + from + " to " + to + " (expected: at least one, from 0 on)");
    }
    int first = 0;
    while (first < used && runs[first + 1] < from) {
      first += 2;
    }
    int behind = first;
    int start = from;
    int end = to;
    while (behind < used && runs[behind] <= to) {
      start = Math.min(start, runs[behind]);
      end = Math.max(end, runs[behind + 1]);
      behind += 2;
    }
    int tail = used - behind;
    if (first + 2 + tail > runs.length) {
      runs = Arrays.copyOf(runs, first + 2 + tail + used);
    }
    System.arraycopy(runs, behind, runs, first + 2, tail);
    runs[first] = start;
    runs[first + 1] = end;
    used = first + 2 + tail;
  }

  void addAll(RowSet other) {
    for (int i = 0; i < other.used; i += 2) {
      add(other.runs[i], other.runs[i + 1]);
    }
  }

  boolean contains(int row) {
    for (int i = 0; i < used && runs[i] <= row; i += 2) {
      if (row < runs[i + 1]) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return used == 0;
  }

  /// First and past the last of each run, in turn and rising.
  int[] toArray() {
    return Arrays.copyOf(runs, used);
  }

  @Override
  public String toString() {
    return Arrays.toString(toArray());
  }
}
