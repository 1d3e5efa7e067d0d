package dev.pharos.demo.service;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// The time that work takes which the demo does not really do.
final class Pace {
  private static final double SPREAD = 0.35;

  private Pace() {}

  /// Waits for a time that is log-normal around its median.
  static void work(double medianMillis) {
    double factor = Math.exp(SPREAD * ThreadLocalRandom.current().nextGaussian());
    LockSupport.parkNanos((long) (medianMillis * 1e6 * factor));
  }
}
