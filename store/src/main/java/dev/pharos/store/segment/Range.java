package dev.pharos.store.segment;

/// The least and the greatest of some numbers.
record Range(long min, long max) {

  static Range of(long[] values, int count) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    return new Range(min, max);
  }

  static Range of(int[] values, int count) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    return new Range(min, max);
  }

  static boolean isZero(long[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (values[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
