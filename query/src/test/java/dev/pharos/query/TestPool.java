package dev.pharos.query;

import java.util.concurrent.Executors;

/// A pool of three threads for tests, whose number of blocks in flight differs from one and from a power of two.
public final class TestPool {
  /// Its threads end with the JVM.
  public static final ScanPool THREE =
      new ScanPool(Executors.newFixedThreadPool(3, Thread.ofPlatform().daemon().factory()), 3);

  private TestPool() {}
}
