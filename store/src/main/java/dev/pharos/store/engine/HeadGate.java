package dev.pharos.store.engine;

import dev.pharos.log.DiskFullException;
import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// Where rows go into the head and leave it, in the order of the log: it slows senders down while room becomes scarce,
/// refuses when there is none, and says when a cut is due. Any thread.
///
/// @param <B> the batch of the signal
final class HeadGate<B extends Batch> {
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration ROOM_WAIT = Duration.ofSeconds(5);

  /// The share of the head's room below which groups are slowed down, and by how much at most.
  private static final double PACED_ROOM = 0.25;

  /// How many merges may be due before groups are slowed down, and how many more until that is at its most.
  private static final double PACED_MERGES = 4;

  private static final long MAX_PACE_MILLIS = 60;
  private static final long MAX_IDLE_MILLIS = 5000;

  private final SignalData<B> data;
  private final Account account;
  private final EngineConfig config;
  private final Clock clock;

  /// Merges that slower senders would help.
  private final DoubleSupplier mergesBehind;

  /// Guards what is published, and the room for it.
  private final Object lock = new Object();

  private long published;
  private long oldestMillis = Long.MAX_VALUE;
  private long newestMillis;
  private Optional<RuntimeException> cutFailure = Optional.empty();

  /// @param account its limit bounds the head
  /// @param covered the sequence up to which segments hold the rows
  HeadGate(
      SignalData<B> data,
      Account account,
      EngineConfig config,
      Clock clock,
      DoubleSupplier mergesBehind,
      long covered) {
    this.data = data;
    this.account = account;
    this.config = config;
    this.clock = clock;
    this.mergesBehind = mergesBehind;
    published = covered;
  }

  /// The rows of a cut.
  ///
  /// @param covered the last sequence of the log in them
  record Cut(Sealed sealed, long covered) {}

  /// Runs something that publishes while nothing else is published or sealed.
  void together(Runnable publishing) {
    synchronized (lock) {
      publishing.run();
    }
  }

  void publish(Tenant tenant, B batch, long sequence) {
    synchronized (lock) {
      data.publish(tenant, batch);
      published = sequence;
      newestMillis = clock.millis();
      oldestMillis = Math.min(oldestMillis, newestMillis);
    }
  }

  /// The log holds frames up to here that need not be published.
  void passed(long sequence) {
    synchronized (lock) {
      published = Math.max(published, sequence);
    }
  }

  /// Waits a little for room, and says why there is none.
  ///
  /// @param bytes what comes
  /// @param maintenance makes room; without it nobody waits
  Optional<Failure> admit(long bytes, Optional<Maintenance> maintenance) {
    synchronized (lock) {
      long deadline = System.nanoTime() + ROOM_WAIT.toNanos();
      long pace = paceMillis();
      if (pace > 0 && maintenance.isPresent()) {
        maintenance.get().wake();
        try {
          lock.wait(pace);
        } catch (InterruptedException e) {
          return shuttingDown();
        }
      }
      while (data.rows() > 0 && data.heapBytes() + bytes > account.limitBytes()) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0 || maintenance.isEmpty()) {
          return Optional.of(full(bytes));
        }
        maintenance.get().wake();
        try {
          lock.wait(left);
        } catch (InterruptedException e) {
          return shuttingDown();
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Failure> shuttingDown() {
    Thread.currentThread().interrupt();
    return Optional.of(Failure.retryable(Cause.SHUTDOWN, "the store is shutting down", RETRY));
  }

  /// How long a group waits although there is room: the less is left, the longer, so that senders faster than the cuts
  /// are slowed down a little each and none of them stands still until a cut ends. Senders faster than the merges,
  /// which have the smallest share of the CPU, are slowed down alike.
  private long paceMillis() {
    long limit = account.limitBytes();
    double left = (double) (limit - data.cuttableBytes()) / limit;
    double ofRoom = (PACED_ROOM - left) / PACED_ROOM;
    double ofMerges = (mergesBehind.getAsDouble() - PACED_MERGES) / PACED_MERGES;
    double lack = Math.clamp(Math.max(ofRoom, ofMerges), 0, 1);
    return (long) (MAX_PACE_MILLIS * lack * lack);
  }

  private Failure full(long bytes) {
    String signal = data.signal().label();
    if (cutFailure.isPresent() && cutFailure.get() instanceof DiskFullException full) {
      return Failure.retryable(
          Cause.DISK_FULL,
          "the disk is full: recent "
              + signal
              + " cannot be written as segments: "
              + full.getMessage(),
          RETRY);
    }
    return Failure.retryable(
        Cause.MEMORY,
        "the head of "
            + signal
            + " holds "
            + data.heapBytes()
            + " bytes and has no room for "
            + bytes
            + " more (limit: "
            + account.limitBytes()
            + ")"
            + cutFailure
                .map(e -> "; it cannot be written as segments: " + e.getMessage())
                .orElse(""),
        RETRY);
  }

  /// Whether the head is large or old enough to be cut.
  boolean isCutDue() {
    synchronized (lock) {
      long rows = data.rows();
      if (rows == 0) {
        return false;
      }
      long now = clock.millis();
      long age = now - oldestMillis;
      boolean idle = now - newestMillis >= Math.min(MAX_IDLE_MILLIS, config.cutIdle().toMillis());
      return rows >= config.cutRows()
          || data.cuttableBytes() >= account.limitBytes() / 2
          || age >= config.cutAge().toMillis()
          || age >= config.cutIdle().toMillis() && idle;
    }
  }

  /// Takes all rows to be cut, if there are any.
  Optional<Cut> seal() {
    synchronized (lock) {
      if (data.rows() == 0) {
        return Optional.empty();
      }
      var cut = new Cut(data.seal(), published);
      oldestMillis = Long.MAX_VALUE;
      return Optional.of(cut);
    }
  }

  /// What was sealed is in segments, or is not for this reason: then it is due again.
  void cutEnded(Optional<RuntimeException> failure) {
    synchronized (lock) {
      cutFailure = failure;
      if (failure.isPresent()) {
        oldestMillis = Math.min(oldestMillis, clock.millis());
      }
      lock.notifyAll();
    }
  }
}
