package dev.pharos.query.matrix;

/// Partial sorting of indexes by the values they point to, NaN last.
final class Ranking {
  private Ranking() {}

  /// Reorders the first `n` indexes, which rise, so that the best `wanted` stand in front, best first; equal values
  /// keep their order. A heap of the best so far, its worst on top: `n log wanted`.
  static void first(int[] indexes, int n, int wanted, double[] values, boolean greatest) {
    if (wanted == 0) {
      return;
    }
    for (int i = wanted / 2 - 1; i >= 0; i--) {
      sink(indexes, i, wanted, values, greatest);
    }
    for (int i = wanted; i < n; i++) {
      if (before(indexes[i], indexes[0], values, greatest)) {
        swap(indexes, 0, i);
        sink(indexes, 0, wanted, values, greatest);
      }
    }
    for (int size = wanted - 1; size > 0; size--) {
      swap(indexes, 0, size);
      sink(indexes, 0, size, values, greatest);
    }
  }

  private static void sink(int[] heap, int from, int size, double[] values, boolean greatest) {
    int at = from;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && before(heap[child], heap[child + 1], values, greatest)) {
        child++;
      }
      if (!before(heap[at], heap[child], values, greatest)) {
        return;
      }
      swap(heap, at, child);
      at = child;
    }
  }

  private static void swap(int[] indexes, int a, int b) {
    int kept = indexes[a];
    indexes[a] = indexes[b];
    indexes[b] = kept;
  }

  /// Whether index `a` ranks before index `b`.
  private static boolean before(int a, int b, double[] values, boolean greatest) {
    double x = values[a];
    double y = values[b];
    if (x == y || (Double.isNaN(x) && Double.isNaN(y))) {
      return a < b;
    }
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return Double.isNaN(y);
    }
    return greatest ? x > y : x < y;
  }
}
