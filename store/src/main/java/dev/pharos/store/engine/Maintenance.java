package dev.pharos.store.engine;

import dev.pharos.log.DiskException;
import dev.pharos.log.DiskFullException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One signal's background threads: one cuts, joins small batches and expires; one merges, one merge at a time; one
/// makes the log's files ahead.
final class Maintenance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

  /// A commit that finds both cores busy with cuts and merges would wait for its turn at each hand-over between
  /// threads. Cuts have the larger share: the head waits for them.
  private static final int CUT_NICE = 5;

  private static final int MERGE_NICE = 10;
  private static final int TIDY_SECONDS = 15;
  private static final int SWEEP_SECONDS = 600;
  private static final int MAX_PAUSE_SECONDS = 30;

  private final SignalEngine<?> engine;
  private final String signal;
  private final Semaphore wakeups = new Semaphore(0);
  private final Semaphore logWakeups = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final DiskRoom cuts;
  private final DiskRoom merges;
  private final Thread cutting;
  private final Thread merging;
  private final Thread preparing;

  Maintenance(String signal, SignalEngine<?> engine) {
    this.signal = signal;
    this.engine = engine;
    cuts = new DiskRoom("writing recent " + signal + " as segments");
    merges = new DiskRoom("merging segments of " + signal);
    cutting = BackgroundThread.unstarted("store-" + signal + "-cut", CUT_NICE, this::cutAll);
    merging = BackgroundThread.unstarted("store-" + signal + "-merge", MERGE_NICE, this::mergeAll);
    preparing =
        Thread.ofPlatform().name("store-" + signal + "-log").daemon().unstarted(this::prepareAll);
  }

  void start() {
    cutting.start();
    merging.start();
    preparing.start();
  }

  /// There may be a cut to make now.
  void wake() {
    if (wakeups.availablePermits() == 0) {
      wakeups.release();
    }
  }

  /// The log wants a file to be made.
  void wakeLog() {
    if (logWakeups.availablePermits() == 0) {
      logWakeups.release();
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

  private void prepareAll() {
    try {
      while (true) {
        logWakeups.acquire();
        logWakeups.drainPermits();
        if (isClosing()) {
          return;
        }
        prepareLog();
      }
    } catch (InterruptedException e) {
      LOG.warn("The thread that prepares the log of {} was interrupted", signal);
    }
  }

  private void prepareLog() {
    try {
      engine.prepareLog();
    } catch (DiskException e) {
      LOG.debug("The commits of {} make the files of their log themselves", signal, e);
    } catch (RuntimeException | Error e) {
      LOG.error("A fault while preparing the log of {}", signal, e);
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  @Override
  public void close() {
    closing.countDown();
    wakeups.release();
    logWakeups.release();
    try {
      cutting.join();
      merging.join();
      preparing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
