package dev.pharos.query;

import java.util.concurrent.Executor;

/// The fixed pool that scans run on, one thread a core.
///
/// @param executor runs tasks that never wait
/// @param threads how many it has; 1 means that queries do without it
public record ScanPool(Executor executor, int threads) {
  /// No pool: each query reads on its own thread.
  public static final ScanPool NONE = new ScanPool(Runnable::run, 1);
}
