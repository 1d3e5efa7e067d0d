package dev.pharos.model;

/// How long a parcel may wait for others that it can go on with: until there are enough items together, or until a
/// time has come.
///
/// @param items that are enough, above 0
/// @param untilNanos on the clock of [System#nanoTime]
public record Patience(int items, long untilNanos) {
  public Patience {
    if (items <= 0) {
      throw new IllegalArgumentException(items + " items are enough (expected: above 0)");
    }
  }
}
