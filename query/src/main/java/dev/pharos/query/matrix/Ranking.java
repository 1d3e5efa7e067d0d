package dev.pharos.query.matrix;

/// Partial sorting of indexes by the values they point to, NaN last.
final class Ranking {
  private Ranking() {}

  /// Reorders the first `n` indexes so that the best `wanted` stand in front, best first; equal values keep their
  /// order.
  static void first(int[] indexes, int n, int wanted, double[] values, boolean greatest) {
    if (wanted == 0) {
      return;
    }
    // A sorted front of `wanted` entries: an insertion for each index that beats the last of it.
    int filled = 0;
    for (int i = 0; i < n; i++) {
      int candidate = indexes[i];
      double value = values[candidate];
      if (filled == wanted && !before(value, values[indexes[filled - 1]], greatest)) {
        continue;
      }
      int at = filled < wanted ? filled++ : wanted - 1;
      if (at < i) {
        indexes[i] = indexes[at];
      }
      while (at > 0 && before(value, values[indexes[at - 1]], greatest)) {
        indexes[at] = indexes[at - 1];
        at--;
      }
      indexes[at] = candidate;
    }
  }

  private static boolean before(double a, double b, boolean greatest) {
    if (Double.isNaN(a)) {
      return false;
    }
    return Double.isNaN(b) || (greatest ? a > b : a < b);
  }
}
