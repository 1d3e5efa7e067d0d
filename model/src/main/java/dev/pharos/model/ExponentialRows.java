package dev.pharos.model;

import java.util.Arrays;

/// The exponential histogram points of a batch.
///
/// Thread rule as for [Symbols].
public final class ExponentialRows extends RowTable {
  private final LongRows positive = new LongRows();
  private final LongRows negative = new LongRows();
  private long[] count;
  private double[] sum;
  private double[] min;
  private double[] max;
  private byte[] has;
  private int[] scale;
  private long[] zeroCount;
  private double[] zeroThreshold;
  private int[] positiveOffset;
  private int[] positiveEnds;
  private int[] negativeOffset;
  private int[] negativeEnds;

  public ExponentialRows() {
    this(16);
  }

  /// An empty table with room for so many rows before it grows.
  public ExponentialRows(int capacity) {
    int room = roomFor(capacity);
    super(room);
    count = new long[room];
    sum = new double[room];
    min = new double[room];
    max = new double[room];
    has = new byte[room];
    scale = new int[room];
    zeroCount = new long[room];
    zeroThreshold = new double[room];
    positiveOffset = new int[room];
    positiveEnds = new int[room];
    negativeOffset = new int[room];
    negativeEnds = new int[room];
  }

  @Override
  void resize(int room) {
    count = Arrays.copyOf(count, room);
    sum = Arrays.copyOf(sum, room);
    min = Arrays.copyOf(min, room);
    max = Arrays.copyOf(max, room);
    has = Arrays.copyOf(has, room);
    scale = Arrays.copyOf(scale, room);
    zeroCount = Arrays.copyOf(zeroCount, room);
    zeroThreshold = Arrays.copyOf(zeroThreshold, room);
    positiveOffset = Arrays.copyOf(positiveOffset, room);
    positiveEnds = Arrays.copyOf(positiveEnds, room);
    negativeOffset = Arrays.copyOf(negativeOffset, room);
    negativeEnds = Arrays.copyOf(negativeEnds, room);
  }

  public long[] count() {
    return count;
  }

  /// Meaningful if `has` has [HistogramRows#HAS_SUM].
  public double[] sum() {
    return sum;
  }

  public double[] min() {
    return min;
  }

  public double[] max() {
    return max;
  }

  /// Bits as in [HistogramRows].
  public byte[] has() {
    return has;
  }

  public int[] scale() {
    return scale;
  }

  public long[] zeroCount() {
    return zeroCount;
  }

  public double[] zeroThreshold() {
    return zeroThreshold;
  }

  public int[] positiveOffset() {
    return positiveOffset;
  }

  /// Where the positive bucket counts of a row end in [#positive()].
  public int[] positiveEnds() {
    return positiveEnds;
  }

  public int[] negativeOffset() {
    return negativeOffset;
  }

  /// Where the negative bucket counts of a row end in [#negative()].
  public int[] negativeEnds() {
    return negativeEnds;
  }

  /// Positive bucket counts of all rows.
  public LongRows positive() {
    return positive;
  }

  /// Negative bucket counts of all rows.
  public LongRows negative() {
    return negative;
  }

  /// Takes back the rows from `size` on, with their child values.
  public void truncate(int size) {
    Arrays.fill(count, size, rows(), 0);
    Arrays.fill(sum, size, rows(), 0);
    Arrays.fill(min, size, rows(), 0);
    Arrays.fill(max, size, rows(), 0);
    Arrays.fill(has, size, rows(), (byte) 0);
    Arrays.fill(scale, size, rows(), 0);
    Arrays.fill(zeroCount, size, rows(), 0);
    Arrays.fill(zeroThreshold, size, rows(), 0);
    Arrays.fill(positiveOffset, size, rows(), 0);
    Arrays.fill(positiveEnds, size, rows(), 0);
    Arrays.fill(negativeOffset, size, rows(), 0);
    Arrays.fill(negativeEnds, size, rows(), 0);
    cut(size);
    positive.truncate(size == 0 ? 0 : positiveEnds[size - 1]);
    negative.truncate(size == 0 ? 0 : negativeEnds[size - 1]);
  }

  /// Heap bytes held, within some percent.
  public long sizeBytes() {
    return 69L * count.length + 64 + positive.sizeBytes() + negative.sizeBytes();
  }
}
