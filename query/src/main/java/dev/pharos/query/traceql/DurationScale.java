package dev.pharos.query.traceql;

/// Numbered ranges of durations, 32 to each doubling: exact up to 32 ns, then 3 % wide. Counts by them add up exactly,
/// and quantiles read from them are off by one range at most. Stateless.
public final class DurationScale {
  private static final int BITS = 5;
  private static final int STEPS = 1 << BITS;

  /// How many ranges there are.
  public static final int SIZE = STEPS + (63 - BITS) * STEPS;

  private DurationScale() {}

  /// The range of a duration; those below zero are in the first.
  public static int index(long nanos) {
    if (nanos < STEPS) {
      return (int) Math.max(0, nanos);
    }
    int shift = 63 - BITS - Long.numberOfLeadingZeros(nanos);
    return (shift << BITS) + (int) (nanos >>> shift);
  }

  /// The least duration of a range; of the one behind the last, the greatest there is.
  public static long least(int index) {
    if (index < STEPS) {
      return index;
    }
    if (index >= SIZE) {
      return Long.MAX_VALUE;
    }
    int shift = (index >> BITS) - 1;
    return (long) (STEPS + (index & STEPS - 1)) << shift;
  }
}
