package dev.pharos.store.metrics;

import java.util.Arrays;

/// Doubles in few bytes, every bit kept. Stateless.
///
/// Most measured numbers are short decimals: an integer `m` divided by a power of ten gives exactly the double (the
/// idea of ALP, Afroozeh and Boncz 2023). Such blocks are stored as packed integers with one power of ten and a list of
/// exceptions, which also holds stale markers. Others are stored as the XOR of each with the one before, byte by byte
/// in planes, for the page's zstd to find what repeats.
final class DoubleBlocks {
  private static final int CONSTANT = 0;
  private static final int DECIMAL = 1;
  private static final int PLANES = 2;
  private static final int MAX_POWER = 15;
  private static final long MAX_EXACT = 1L << 53;
  private static final int TRIAL = 32;
  private static final double[] POWERS = new double[MAX_POWER + 1];

  static {
    double power = 1;
    for (int i = 0; i <= MAX_POWER; i++, power *= 10) {
      POWERS[i] = power;
    }
  }

  private DoubleBlocks() {}

  static void encode(ByteSink out, double[] values, int from, int count) {
    if (isConstant(values, from, count)) {
      out.putByte(CONSTANT);
      out.putLong(Double.doubleToRawLongBits(values[from]));
      return;
    }
    int power = power(values, from, count);
    if (power >= 0 && putDecimals(out, values, from, count, power)) {
      return;
    }
    out.putByte(PLANES);
    putPlanes(out, values, from, count);
  }

  private static boolean isConstant(double[] values, int from, int count) {
    long first = Double.doubleToRawLongBits(values[from]);
    for (int i = 1; i < count; i++) {
      if (Double.doubleToRawLongBits(values[from + i]) != first) {
        return false;
      }
    }
    return true;
  }

  /// The power of ten that makes integers of most values, or -1.
  private static int power(double[] values, int from, int count) {
    int power = 0;
    int misses = 0;
    for (int i = 0; i < count; i++) {
      double value = values[from + i];
      if (isExact(value, power)) {
        continue;
      }
      int tried = power + 1;
      while (tried <= MAX_POWER && !isExact(value, tried)) {
        tried++;
      }
      if (tried <= MAX_POWER) {
        power = tried;
      } else if (++misses > allowed(i + 1)) {
        return -1;
      }
    }
    return power;
  }

  private static int allowed(int seen) {
    return Math.max(TRIAL, seen) / 8;
  }

  private static long integer(double value, int power) {
    double scaled = value * POWERS[power];
    return Math.abs(scaled) < MAX_EXACT ? Math.round(scaled) : 0;
  }

  private static boolean isExact(double value, int power) {
    return isExact(value, integer(value, power), power);
  }

  private static boolean isExact(double value, long integer, int power) {
    return Double.doubleToRawLongBits(integer / POWERS[power]) == Double.doubleToRawLongBits(value);
  }

  private static boolean putDecimals(
      ByteSink out, double[] values, int from, int count, int power) {
    var integers = new long[count];
    var misses = new int[allowed(count)];
    int missed = 0;
    for (int i = 0; i < count; i++) {
      double value = values[from + i];
      long integer = integer(value, power);
      if (isExact(value, integer, power)) {
        integers[i] = integer;
      } else if (missed == misses.length) {
        return false;
      } else {
        misses[missed++] = i;
        integers[i] = i == 0 ? 0 : integers[i - 1];
      }
    }
    out.putByte(DECIMAL);
    out.putByte(power);
    out.putVarint(missed);
    int before = 0;
    for (int i = 0; i < missed; i++) {
      out.putVarint(misses[i] - before);
      before = misses[i];
      out.putLong(Double.doubleToRawLongBits(values[from + misses[i]]));
    }
    PackedLongs.encode(out, integers, 0, count);
    return true;
  }

  private static void putPlanes(ByteSink out, double[] values, int from, int count) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      long before = 0;
      for (int i = 0; i < count; i++) {
        long bits = Double.doubleToRawLongBits(values[from + i]);
        out.putByte((int) ((bits ^ before) >>> shift));
        before = bits;
      }
    }
  }

  static double[] decode(ByteSource in, int count) {
    int kind = in.getByte();
    return switch (kind) {
      case CONSTANT -> {
        var values = new double[count];
        Arrays.fill(values, Double.longBitsToDouble(in.getLong()));
        yield values;
      }
      case DECIMAL -> decimals(in, count);
      case PLANES -> planes(in, count);
      default ->
          throw new IndexOutOfBoundsException("kind " + kind + " of doubles (expected: 0 to 2)");
    };
  }

  private static double[] decimals(ByteSource in, int count) {
    double power = POWERS[in.getByte()];
    int missed = in.getCount(count);
    var at = new int[missed];
    var bits = new long[missed];
    int position = 0;
    for (int i = 0; i < missed; i++) {
      position += in.getCount(count);
      at[i] = position;
      bits[i] = in.getLong();
    }
    var values = new double[count];
    var integers = new long[PackedLongs.GROUP];
    var reader = new PackedLongs.Reader(in, count);
    for (int i = 0; i < count; ) {
      int read = reader.next(integers, 0);
      if (power == 1) {
        for (int k = 0; k < read; k++) {
          values[i + k] = integers[k];
        }
      } else {
        for (int k = 0; k < read; k++) {
          values[i + k] = integers[k] / power;
        }
      }
      i += read;
    }
    for (int i = 0; i < missed; i++) {
      values[at[i]] = Double.longBitsToDouble(bits[i]);
    }
    return values;
  }

  private static double[] planes(ByteSource in, int count) {
    byte[] bytes = in.array();
    int start = in.position();
    in.skip(Math.multiplyExact(count, 8));
    var values = new double[count];
    long before = 0;
    for (int i = 0; i < count; i++) {
      long bits = 0;
      for (int plane = 0; plane < 8; plane++) {
        bits = bits << 8 | bytes[start + plane * count + i] & 0xff;
      }
      before ^= bits;
      values[i] = Double.longBitsToDouble(before);
    }
    return values;
  }
}
