package dev.pharos.insight.compare;

/// Numbers of two decimal digits and zeros, such as 20, 1500 or 0.37: bounds that people read at a glance. Stateless.
final class TwoDigits {
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  /// Numbers from 0 to below have a place among those of two digits.
  static final long PLACED = 1_000_000_000;

  /// Places are below: of 0 to 99, and of 90 numbers for each count of digits up to that of [#PLACED].
  static final int PLACES = 100 + 7 * 90 + 1;

  private static final int SMALL = 1 << 16;
  private static final short[] SMALL_PLACES = new short[SMALL];

  static {
    for (int number = 0; number < SMALL; number++) {
      SMALL_PLACES[number] = (short) placeOf(number);
    }
  }

  private TwoDigits() {}

  /// The place of the least such number that is not below this one, which is from 0 to below [#PLACED].
  static int place(long number) {
    return number < SMALL ? SMALL_PLACES[(int) number] : placeOf(number);
  }

  private static int placeOf(long number) {
    if (number < 100) {
      return (int) number;
    }
    int digits = 3;
    while (POWERS[digits] <= number) {
      digits++;
    }
    long unit = POWERS[digits - 2];
    return 100 + (digits - 3) * 90 + (int) ((number + unit - 1) / unit) - 10;
  }

  /// The number at a place.
  static long at(int place) {
    if (place < 100) {
      return place;
    }
    int digits = 3 + (place - 100) / 90;
    return (10 + (place - 100) % 90) * POWERS[digits - 2];
  }

  /// The least such number that is not below this one; what is beyond all stays as it is.
  static long notBelow(long number) {
    if (number > -100 && number < 100 || number == Long.MIN_VALUE) {
      return number;
    }
    long magnitude = Math.abs(number);
    // As many digits as the power of two below says, or one more.
    int digits = Math.max(2, (63 - Long.numberOfLeadingZeros(magnitude)) * 1233 >> 12);
    while (digits < POWERS.length && POWERS[digits] <= magnitude) {
      digits++;
    }
    long unit = POWERS[digits - 2];
    long down = magnitude / unit * unit;
    if (number < 0) {
      return -down;
    }
    long up = down == magnitude ? down : down + unit;
    return up < 0 ? number : up;
  }

  /// As [#notBelow(long)], for a number that is no NaN.
  static double notBelow(double number) {
    if (number == 0 || Double.isInfinite(number)) {
      return number == 0 ? 0 : number;
    }
    int exponent = (int) Math.floor(Math.log10(Math.abs(number))) - 1;
    double unit = Math.pow(10, Math.abs(exponent));
    if (Double.isInfinite(unit)) {
      return number;
    }
    double steps = Math.ceil(exponent < 0 ? number * unit : number / unit);
    // The division may be off by one place, in either direction.
    for (double each = steps - 1; each <= steps + 1; each++) {
      double bound = exponent < 0 ? each / unit : each * unit;
      if (bound >= number) {
        return bound == 0 ? 0 : bound;
      }
    }
    return number;
  }
}
