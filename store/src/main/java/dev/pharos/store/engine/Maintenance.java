package dev.pharos.store.engine;

import dev.pharos.log.DiskFullException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One signal's background threads: one cuts, joins small batches and expires; the other merges, one merge at a time.
final class Maintenance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
  private static final int TIDY_SECONDS = 15;
  private static final int SWEEP_SECONDS = 600;
  private static final int MAX_PAUSE_SECONDS = 30;

  private final SignalEngine<?> engine;
  private final String signal;
  private final Semaphore wakeups = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final DiskRoom cuts;
  private final DiskRoom merges;
  private final Thread cutting;
  private final Thread merging;

  Maintenance(String signal, SignalEngine<?> engine) {
    this.signal = signal;
    this.engine = engine;
    cuts = new DiskRoom("writing recent " + signal + " as segments");
    merges = new DiskRoom("merging segments of " + signal);
    cutting = Thread.ofPlatform().name("store-" + signal + "-cut").daemon().unstarted(this::cutAll);
    merging =
        Thread.ofPlatform()
            .name("store-" + signal + "-merge")
            .daemon()
            .priority(Thread.MIN_PRIORITY)
            .unstarted(this::mergeAll);
  }

  void start() {
    cutting.start();
    merging.start();
  }

  /// There may be a cut to make now.
  void wake() {
    if (wakeups.availablePermits() == 0) {
      wakeups.release();
    }
  }

  private void cutAll() {
    int seconds = 0;
    int pause = 1;
    try {
      while (!isClosing()) {
        boolean woken = wakeups.tryAcquire(pause, TimeUnit.SECONDS);
        wakeups.drainPermits();
        if (isClosing()) {
          return;
        }
        if (!woken) {
          seconds += pause;
        }
        pause = cutAndTidy(seconds) ? 1 : Math.min(MAX_PAUSE_SECONDS, pause * 2);
      }
    } catch (InterruptedException e) {
      LOG.warn("The thread that cuts the head of {} was interrupted", signal);
    }
  }

  /// Whether all went well.
  private boolean cutAndTidy(int seconds) {
    try {
      if (engine.isCutDue()) {
        engine.cut();
      }
      if (seconds % TIDY_SECONDS == 0) {
        engine.tidy();
      } else {
        engine.tidyHead();
      }
      if (seconds % SWEEP_SECONDS == 0) {
        engine.sweepOrphans();
      }
      cuts.suffices();
      return true;
    } catch (DiskFullException e) {
      cuts.lacks(String.valueOf(e.getMessage()));
      return false;
    } catch (RuntimeException | Error e) {
      LOG.error(
          "The head of {} cannot be written as segments, and stays in memory and in the log until it can",
          signal,
          e);
      return false;
    }
  }

  private void mergeAll() {
    int pause = 1;
    try {
      while (!closing.await(pause, TimeUnit.SECONDS)) {
        pause = mergeSome() ? 1 : Math.min(MAX_PAUSE_SECONDS, pause * 2);
      }
    } catch (InterruptedException e) {
      LOG.warn("The thread that merges segments of {} was interrupted", signal);
    }
  }

  private boolean mergeSome() {
    try {
      while (!isClosing() && engine.merge()) {}
      merges.suffices();
      return true;
    } catch (DiskFullException e) {
      merges.lacks(String.valueOf(e.getMessage()));
      return false;
    } catch (RuntimeException | Error e) {
      LOG.error("Segments of {} cannot be merged, and stay as they are", signal, e);
      return false;
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  @Override
  public void close() {
    closing.countDown();
    wakeups.release();
    try {
      cutting.join();
      merging.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
