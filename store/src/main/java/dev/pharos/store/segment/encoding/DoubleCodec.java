package dev.pharos.store.segment.encoding;

/// Doubles given as their raw bits: decimal fractions as whole numbers where every value survives that to the bit, else
/// the bits themselves. After a byte with the number of decimals, or `BITS`, follow the whole numbers.
public final class DoubleCodec {
  private static final int BITS = 255;
  private static final double[] TENS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12
  };
  private static final double LIMIT = 1L << 52;

  private DoubleCodec() {}

  public static void encode(long[] bits, int count, ByteSink out) {
    var decimals = new long[count];
    int digits = digits(bits, count, decimals);
    out.putByte(digits < 0 ? BITS : digits);
    LongCodec.encode(digits < 0 ? bits : decimals, count, out);
  }

  /// Fills `decimals` and returns how many digits they have after the point, or -1 if some value is no such fraction.
  private static int digits(long[] bits, int count, long[] decimals) {
    int digits = 0;
    int i = 0;
    while (i < count) {
      double scaled = Double.longBitsToDouble(bits[i]) * TENS[digits];
      long whole = Math.round(scaled);
      if (Math.abs(scaled) < LIMIT && Double.doubleToRawLongBits(whole / TENS[digits]) == bits[i]) {
        decimals[i++] = whole;
      } else if (Math.abs(scaled) < LIMIT && digits + 1 < TENS.length) {
        digits++;
        i = 0;
      } else {
        return -1;
      }
    }
    return digits;
  }

  public static long[] decode(ByteSource in, int count) {
    int digits = readDigits(in);
    return bits(LongCodec.decode(in, count), digits);
  }

  /// As [LongCodec#decode(ByteSource, int, int[])].
  public static long[] decode(ByteSource in, int count, int[] rows) {
    int digits = readDigits(in);
    return bits(LongCodec.decode(in, count, rows), digits);
  }

  private static int readDigits(ByteSource in) {
    int digits = in.readByte();
    if (digits != BITS && digits >= TENS.length) {
      throw in.bad(
          digits + " decimals (expected: 0 to " + (TENS.length - 1) + ", or " + BITS + ")");
    }
    return digits;
  }

  private static long[] bits(long[] values, int digits) {
    if (digits != BITS) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Double.doubleToRawLongBits(values[i] / TENS[digits]);
      }
    }
    return values;
  }
}
