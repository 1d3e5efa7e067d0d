package dev.pharos.store.segment;

/// Sorts row numbers by a comparison; stable, and fast where the rows are in order already in long stretches.
final class RowOrder {
  private static final int SHORT = 12;

  /// Compares two rows by their numbers.
  interface Comparison {
    int compare(int a, int b);
  }

  private RowOrder() {}

  static void sort(int[] rows, int from, int to, Comparison by) {
    if (to - from > SHORT) {
      mergeSort(rows, new int[to - from], from, to, from, by);
    } else {
      insertionSort(rows, from, to, by);
    }
  }

  private static void mergeSort(
      int[] rows, int[] spare, int from, int to, int base, Comparison by) {
    if (to - from <= SHORT) {
      insertionSort(rows, from, to, by);
      return;
    }
    int middle = (from + to) >>> 1;
    mergeSort(rows, spare, from, middle, base, by);
    mergeSort(rows, spare, middle, to, base, by);
    if (by.compare(rows[middle - 1], rows[middle]) <= 0) {
      return;
    }
    int left = middle - from;
    System.arraycopy(rows, from, spare, 0, left);
    int a = 0;
    int b = middle;
    int out = from;
    while (a < left && b < to) {
      rows[out++] = by.compare(spare[a], rows[b]) <= 0 ? spare[a++] : rows[b++];
    }
    System.arraycopy(spare, a, rows, out, left - a);
  }

  private static void insertionSort(int[] rows, int from, int to, Comparison by) {
    for (int i = from + 1; i < to; i++) {
      int row = rows[i];
      int at = i;
      while (at > from && by.compare(rows[at - 1], row) > 0) {
        rows[at] = rows[at - 1];
        at--;
      }
      rows[at] = row;
    }
  }
}
