package dev.pharos.query.logql;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Puts rows in the order of their times. Stateless.
final class RowOrder {
  private static final int ROW_BITS = 17;

  private RowOrder() {}

  /// Sorts `rows[0, count)` by `times`, rising or falling; rows of one time by number.
  static void sort(int[] rows, int count, long[] times, boolean falling) {
    if (count < 2 || isSorted(rows, count, times, falling)) {
      return;
    }
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    int greatest = 0;
    for (int i = 0; i < count; i++) {
      min = Math.min(min, times[rows[i]]);
      max = Math.max(max, times[rows[i]]);
      greatest = Math.max(greatest, rows[i]);
    }
    if (max - min < 0 || max - min >= 1L << (63 - ROW_BITS) || greatest >= 1 << ROW_BITS) {
      sortAnyRange(rows, count, times, falling);
      return;
    }
    var keys = new long[count];
    for (int i = 0; i < count; i++) {
      long distance = falling ? max - times[rows[i]] : times[rows[i]] - min;
      keys[i] = distance << ROW_BITS | rows[i];
    }
    Arrays.sort(keys);
    for (int i = 0; i < count; i++) {
      rows[i] = (int) (keys[i] & ((1 << ROW_BITS) - 1));
    }
  }

  private static void sortAnyRange(int[] rows, int count, long[] times, boolean falling) {
    Comparator<Integer> byTime = Comparator.comparingLong(row -> times[row]);
    int[] sorted =
        IntStream.range(0, count)
            .map(i -> rows[i])
            .boxed()
            .sorted((falling ? byTime.reversed() : byTime).thenComparing(Comparator.naturalOrder()))
            .mapToInt(Integer::intValue)
            .toArray();
    System.arraycopy(sorted, 0, rows, 0, count);
  }

  private static boolean isSorted(int[] rows, int count, long[] times, boolean falling) {
    for (int i = 1; i < count; i++) {
      long before = times[rows[i - 1]];
      long after = times[rows[i]];
      if (falling ? before < after : before > after) {
        return false;
      }
    }
    return true;
  }
}
