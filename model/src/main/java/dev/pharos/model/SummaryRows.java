package dev.pharos.model;

import java.util.Arrays;

/// The summary points of a batch.
///
/// Thread rule as for [Symbols].
public final class SummaryRows extends RowTable {
  private final LongRows quantiles = new LongRows();
  private final LongRows quantileValues = new LongRows();
  private long[] count;
  private double[] sum;
  private int[] quantileEnds;

  public SummaryRows() {
    this(16);
  }

  /// An empty table with room for so many rows before it grows.
  public SummaryRows(int capacity) {
    int room = roomFor(capacity);
    super(room);
    count = new long[room];
    sum = new double[room];
    quantileEnds = new int[room];
  }

  @Override
  void resize(int room) {
    count = Arrays.copyOf(count, room);
    sum = Arrays.copyOf(sum, room);
    quantileEnds = Arrays.copyOf(quantileEnds, room);
  }

  public long[] count() {
    return count;
  }

  public double[] sum() {
    return sum;
  }

  /// Where the quantiles of a row end in [#quantiles()] and [#quantileValues()].
  public int[] quantileEnds() {
    return quantileEnds;
  }

  /// Raw bits of the quantiles, 0.0 to 1.0, of all rows.
  public LongRows quantiles() {
    return quantiles;
  }

  /// Raw bits of the values, beside [#quantiles()].
  public LongRows quantileValues() {
    return quantileValues;
  }

  /// Takes back the rows from `size` on, with their child values.
  public void truncate(int size) {
    Arrays.fill(count, size, rows(), 0);
    Arrays.fill(sum, size, rows(), 0);
    Arrays.fill(quantileEnds, size, rows(), 0);
    cut(size);
    quantiles.truncate(size == 0 ? 0 : quantileEnds[size - 1]);
    quantileValues.truncate(size == 0 ? 0 : quantileEnds[size - 1]);
  }

  /// Heap bytes held, within some percent.
  public long sizeBytes() {
    return 20L * count.length + 64 + quantiles.sizeBytes() + quantileValues.sizeBytes();
  }
}
