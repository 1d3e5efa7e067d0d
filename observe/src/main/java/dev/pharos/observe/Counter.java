package dev.pharos.observe;

import java.util.concurrent.atomic.LongAdder;

/// A count that only rises. Any thread.
public final class Counter {
  private final LongAdder sum = new LongAdder();

  Counter() {}

  public void increment() {
    sum.increment();
  }

  /// Adds `n`, which must not be negative.
  public void add(long n) {
    if (n < 0) {
      throw new IllegalArgumentException("n: " + n + " (expected: >= 0)");
    }
    sum.add(n);
  }

  public long value() {
    return sum.sum();
  }
}
