package dev.pharos.components.debug;

import java.time.Clock;

/// Lets the first few of each second through, and every so manieth after them. Any thread.
final class Sampling {
  private final int initial;
  private final int thereafter;
  private final Clock clock;
  private long second;
  private long seen;

  Sampling(int initial, int thereafter, Clock clock) {
    this.initial = initial;
    this.thereafter = thereafter;
    this.clock = clock;
  }

  synchronized boolean next() {
    long now = Math.floorDiv(clock.millis(), 1000);
    if (now != second) {
      second = now;
      seen = 0;
    }
    seen++;
    return seen <= initial || (thereafter > 0 && (seen - initial) % thereafter == 0);
  }
}
