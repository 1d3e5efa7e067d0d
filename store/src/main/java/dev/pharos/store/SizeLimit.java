package dev.pharos.store;

import dev.pharos.store.engine.SignalEngine;
import dev.pharos.store.manifest.SegmentEntry;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the whole store below a number of bytes by giving up the oldest day of whichever signal has it, again and
/// again.
final class SizeLimit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SizeLimit.class);
  private static final int SECONDS = 15;

  private final long maxBytes;
  private final List<SignalEngine<?>> engines;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().name("store-size").daemon().unstarted(this::run);

  /// @param maxBytes 0 for no limit
  SizeLimit(long maxBytes, List<SignalEngine<?>> engines) {
    this.maxBytes = maxBytes;
    this.engines = engines;
  }

  void start() {
    if (maxBytes > 0) {
      thread.start();
    }
  }

  private void run() {
    try {
      while (!closing.await(SECONDS, TimeUnit.SECONDS)) {
        try {
          enforce();
        } catch (RuntimeException e) {
          LOG.error(
              "The oldest days cannot be dropped to keep the store below {} bytes", maxBytes, e);
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("The thread that limits the store's size was interrupted");
    }
  }

  /// Drops days until the size fits, or no segment is left.
  void enforce() {
    if (maxBytes == 0) {
      return;
    }
    long bytes = engines.stream().mapToLong(SignalEngine::sizeBytes).sum();
    while (bytes > maxBytes) {
      SignalEngine<?> oldest = engines.get(0);
      int day = Integer.MAX_VALUE;
      for (SignalEngine<?> engine : engines) {
        for (SegmentEntry segment : engine.segments()) {
          if (segment.day() < day) {
            day = segment.day();
            oldest = engine;
          }
        }
      }
      if (day == Integer.MAX_VALUE) {
        return;
      }
      int dropped = day;
      List<SegmentEntry> unwanted =
          oldest.segments().stream().filter(segment -> segment.day() == dropped).toList();
      oldest.drop(unwanted);
      bytes -= unwanted.stream().mapToLong(segment -> segment.meta().sizeBytes()).sum();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      if (thread.isAlive()) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
