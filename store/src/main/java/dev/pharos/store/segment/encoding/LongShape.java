package dev.pharos.store.segment.encoding;

/// What a list of whole numbers looks like, to choose its form by.
final class LongShape {
  private static final double LEAST_COMMON = 0.3;
  private static final double[] BITS = new double[4096];

  static {
    for (int n = 1; n < BITS.length; n++) {
      BITS[n] = n * Math.log(n) / Math.log(2);
    }
  }

  long min;
  long max;
  long minDelta;
  long maxDelta;

  /// A value that many rows have.
  long common;

  int others = Integer.MAX_VALUE;
  private int count;
  private int otherWidth;

  private LongShape() {}

  static LongShape of(long[] values, int count) {
    var shape = new LongShape();
    shape.count = count;
    if (count == 0) {
      return shape;
    }
    long min = values[0];
    long max = min;
    long minDelta = Long.MAX_VALUE;
    long maxDelta = Long.MIN_VALUE;
    long candidate = min;
    int votes = 1;
    int zeros = min == 0 ? 1 : 0;
    for (int i = 1; i < count; i++) {
      long value = values[i];
      min = Math.min(min, value);
      max = Math.max(max, value);
      long delta = value - values[i - 1];
      minDelta = Math.min(minDelta, delta);
      maxDelta = Math.max(maxDelta, delta);
      zeros += value == 0 ? 1 : 0;
      if (votes == 0) {
        candidate = value;
      }
      votes += value == candidate ? 1 : -1;
    }
    shape.min = min;
    shape.max = max;
    shape.minDelta = minDelta;
    shape.maxDelta = maxDelta;
    // Zero stands for what is missing, so it is often the most frequent without being more than
    // half.
    boolean isSparse = zeros > count * LEAST_COMMON;
    if (min != max && (isSparse || votes > 0)) {
      shape.findOthers(values, isSparse ? 0 : candidate);
    }
    return shape;
  }

  private void findOthers(long[] values, long candidate) {
    common = candidate;
    others = 0;
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      if (values[i] != candidate) {
        others++;
        least = Math.min(least, values[i]);
        most = Math.max(most, values[i]);
      }
    }
    otherWidth = BitPacking.width(most - least);
  }

  boolean isConstant() {
    return min == max;
  }

  long offsetBits() {
    return BitPacking.sizeBytes(count, BitPacking.width(max - min)) * 8;
  }

  long deltaBits() {
    return count < 2
        ? Long.MAX_VALUE
        : 64 + BitPacking.sizeBytes(count - 1, BitPacking.width(maxDelta - minDelta)) * 8;
  }

  long sparseBits() {
    return others > count * (1 - LEAST_COMMON)
        ? Long.MAX_VALUE
        : 160 + count + (long) others * otherWidth;
  }

  /// Whether Huffman codes over bytes are likely to save more than a tenth of `width` bits a value.
  static boolean isSkewed(long[] values, int count, long min, long factor, int width) {
    var counts = new int[256];
    int shift = Math.max(0, width - 8);
    for (int i = 0; i < count; i++) {
      long rest = factor == 1 ? values[i] - min : (values[i] - min) / factor;
      counts[(int) (rest >>> shift) & 0xff]++;
    }
    double bits = informationBits(count);
    for (int n : counts) {
      bits -= informationBits(n);
    }
    // Planes are whole bytes: the bits that pad the width to bytes cost nothing only where Huffman
    // removes them.
    return bits + (double) count * shift < 0.93 * count * width;
  }

  /// `n · log2(n)`, which makes the entropy of a histogram a sum.
  private static double informationBits(int n) {
    return n < BITS.length ? BITS[n] : n * Math.log(n) / Math.log(2);
  }
}
