package dev.pharos.model;

import java.util.Arrays;

/// The explicit-bucket histogram points of a batch. A point may have no buckets at all; counts that do not match the
/// bounds are kept as they came (the store refuses them).
///
/// Thread rule as for [Symbols].
public final class HistogramRows extends RowTable {
  public static final byte HAS_SUM = 1;
  public static final byte HAS_MIN = 2;
  public static final byte HAS_MAX = 4;

  private final LongRows buckets = new LongRows();
  private final LongRows bounds = new LongRows();
  private long[] count;
  private double[] sum;
  private double[] min;
  private double[] max;
  private byte[] has;
  private int[] bucketEnds;
  private int[] boundEnds;

  public HistogramRows() {
    this(16);
  }

  /// An empty table with room for so many rows before it grows.
  public HistogramRows(int capacity) {
    int room = roomFor(capacity);
    super(room);
    count = new long[room];
    sum = new double[room];
    min = new double[room];
    max = new double[room];
    has = new byte[room];
    bucketEnds = new int[room];
    boundEnds = new int[room];
  }

  @Override
  void resize(int room) {
    count = Arrays.copyOf(count, room);
    sum = Arrays.copyOf(sum, room);
    min = Arrays.copyOf(min, room);
    max = Arrays.copyOf(max, room);
    has = Arrays.copyOf(has, room);
    bucketEnds = Arrays.copyOf(bucketEnds, room);
    boundEnds = Arrays.copyOf(boundEnds, room);
  }

  public long[] count() {
    return count;
  }

  /// Meaningful if `has` has [#HAS_SUM].
  public double[] sum() {
    return sum;
  }

  /// Meaningful if `has` has [#HAS_MIN].
  public double[] min() {
    return min;
  }

  /// Meaningful if `has` has [#HAS_MAX].
  public double[] max() {
    return max;
  }

  /// Bits [#HAS_SUM], [#HAS_MIN], [#HAS_MAX].
  public byte[] has() {
    return has;
  }

  /// Where the bucket counts of a row end in [#buckets()].
  public int[] bucketEnds() {
    return bucketEnds;
  }

  /// Where the explicit bounds of a row end in [#bounds()].
  public int[] boundEnds() {
    return boundEnds;
  }

  /// Bucket counts of all rows.
  public LongRows buckets() {
    return buckets;
  }

  /// Raw bits of the explicit bounds of all rows.
  public LongRows bounds() {
    return bounds;
  }

  /// Takes back the rows from `size` on, with their child values.
  public void truncate(int size) {
    Arrays.fill(count, size, rows(), 0);
    Arrays.fill(sum, size, rows(), 0);
    Arrays.fill(min, size, rows(), 0);
    Arrays.fill(max, size, rows(), 0);
    Arrays.fill(has, size, rows(), (byte) 0);
    Arrays.fill(bucketEnds, size, rows(), 0);
    Arrays.fill(boundEnds, size, rows(), 0);
    cut(size);
    buckets.truncate(size == 0 ? 0 : bucketEnds[size - 1]);
    bounds.truncate(size == 0 ? 0 : boundEnds[size - 1]);
  }

  /// Heap bytes held, within some percent.
  public long sizeBytes() {
    return 41L * count.length + 64 + buckets.sizeBytes() + bounds.sizeBytes();
  }
}
