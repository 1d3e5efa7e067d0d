package dev.pharos.model;

import java.util.Arrays;

/// A growing list of longs, the child values of a table whose rows know where theirs end. Thread rule as for [Symbols].
public final class LongRows {
  private long[] values = new long[8];
  private int size;

  public void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  public void addDouble(double value) {
    add(Double.doubleToRawLongBits(value));
  }

  /// Appends so many zeros and returns the index of the first.
  public int addRows(int count) {
    int first = size;
    if (count > values.length - size) {
      values =
          Arrays.copyOf(
              values,
              Math.max(
                  Math.addExact(size, count), (int) Math.min(size * 2L, Integer.MAX_VALUE - 16)));
    }
    size += count;
    return first;
  }

  public long get(int i) {
    return values[i];
  }

  public double getDouble(int i) {
    return Double.longBitsToDouble(values[i]);
  }

  public int size() {
    return size;
  }

  /// Takes back the values from `count` on.
  public void truncate(int count) {
    size = count;
  }

  /// The backing array, valid up to [#size()]. Only the builder of the batch writes to it.
  public long[] values() {
    return values;
  }

  public long sizeBytes() {
    return 8L * values.length + 24;
  }
}
