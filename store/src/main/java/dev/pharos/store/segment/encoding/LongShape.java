package dev.pharos.store.segment.encoding;

/// What a list of whole numbers looks like, to choose its form by.
final class LongShape {
  long min;
  long max;
  long minDelta;
  long maxDelta;

  /// The value that more than half of the rows have, if any has.
  long common;

  int others;
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
    for (int i = 1; i < count; i++) {
      long value = values[i];
      min = Math.min(min, value);
      max = Math.max(max, value);
      long delta = value - values[i - 1];
      minDelta = Math.min(minDelta, delta);
      maxDelta = Math.max(maxDelta, delta);
      if (votes == 0) {
        candidate = value;
      }
      votes += value == candidate ? 1 : -1;
    }
    shape.min = min;
    shape.max = max;
    shape.minDelta = minDelta;
    shape.maxDelta = maxDelta;
    if (min != max) {
      shape.findOthers(values, candidate);
    }
    return shape;
  }

  private void findOthers(long[] values, long candidate) {
    common = candidate;
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
    return others > count * 0.7 ? Long.MAX_VALUE : 160 + count + (long) others * otherWidth;
  }

  /// Whether Huffman codes over bytes are likely to save more than a tenth of `width` bits a value.
  static boolean isSkewed(long[] values, int count, long min, long factor, int width) {
    var counts = new int[256];
    int shift = Math.max(0, width - 8);
    for (int i = 0; i < count; i++) {
      long rest = factor == 1 ? values[i] - min : (values[i] - min) / factor;
      counts[(int) (rest >>> shift) & 0xff]++;
    }
    double bits = 0;
    for (int n : counts) {
      if (n > 0) {
        bits += n * (Math.log((double) count / n) / Math.log(2));
      }
    }
    // Planes are whole bytes: the bits that pad the width to bytes cost nothing only where Huffman
    // removes them.
    return bits + (double) count * shift < 0.93 * count * width;
  }
}
