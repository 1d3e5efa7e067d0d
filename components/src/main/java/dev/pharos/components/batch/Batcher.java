package dev.pharos.components.batch;

import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.Partition;
import dev.pharos.model.Patience;
import dev.pharos.model.Sink;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import dev.pharos.pipeline.component.Processor;
import dev.pharos.pipeline.queue.Joining;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Joins what comes into larger batches, one [Partition] apart from the other, and passes them on with the
/// acknowledgements of all that is in them: a sender is answered when the batch with its items is. Of what is known of
/// the senders only the configured metadata goes on.
///
/// A batch goes when it has the wanted size, or when its oldest items have waited long enough ([Lull]); joining is done
/// on threads of its own. What waits is charged to the memory account; what finds no room is refused.
///
/// Where all that comes after it are queues in memory, which answer at once anyway and can join what they hold
/// ([Sink#joins]), joining is left to them, so that no sender waits for company. Any thread.
final class Batcher<B extends Batch> implements Processor<B> {
  /// Senders wait for their answers meanwhile, so no configured timeout makes it longer.
  private static final Duration LONGEST = Duration.ofMillis(200);

  /// Partitions come and go; beyond so many, those that have nothing waiting are forgotten.
  private static final int MOST_IDLE_LANES = 64;

  private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

  /// What waits of one partition; guarded by `lock`.
  private static final class Lane<B extends Batch> {
    List<Parcel<B>> parcels = new ArrayList<>();
    long items;
    long bytes;
    long firstNanos;
  }

  private record Taken<B extends Batch>(List<Parcel<B>> parcels, long bytes) {}

  private final String owner;
  private final BatchConfig config;
  private final Account memory;
  private final Sink<B> next;
  private final LongSupplier ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition begun = lock.newCondition();
  private final Map<Partition, Lane<B>> lanes = new HashMap<>();
  private final Combinations combinations;
  private final Lull lull;
  private final Thread flusher;
  private int open;
  private boolean stopping;

  /// @param memory charged with what waits
  /// @param ticker nanoseconds that only rise, those of [System#nanoTime] where the next sink joins
  Batcher(String owner, BatchConfig config, Account memory, Sink<B> next, LongSupplier ticker) {
    this.owner = owner;
    this.config = config;
    this.memory = memory;
    this.next = next;
    this.ticker = ticker;
    this.combinations = new Combinations(config.metadataCardinalityLimit());
    Duration longest = config.timeout().compareTo(LONGEST) < 0 ? config.timeout() : LONGEST;
    this.lull = new Lull(longest, ticker.getAsLong());
    this.flusher = Thread.ofVirtual().name(owner).unstarted(this::flushOnTime);
  }

  @Override
  public void start() {
    flusher.start();
  }

  @Override
  public boolean looksInside() {
    return config.sendBatchMaxSize() > 0 || next.looksInside();
  }

  @Override
  public void accept(Parcel<B> given) {
    Parcel<B> parcel = given.with(given.client().only(config.metadataKeys()));
    if (!config.metadataKeys().isEmpty() && !combinations.admits(parcel.client().metadata())) {
      String message = owner + ": too many batcher metadata-value combinations";
      parcel.acknowledgement().fail(Failure.permanent(Cause.CARDINALITY_LIMIT, message));
      return;
    }
    if (config.timeout().isZero()) {
      pass(parcel);
      return;
    }
    if (next.joins() && !looksInside()) {
      int enough = config.sendBatchSize() == 0 ? Integer.MAX_VALUE : config.sendBatchSize();
      long until = ticker.getAsLong() + config.timeout().toNanos();
      next.accept(parcel, new Patience(enough, until));
      return;
    }
    long bytes = parcel.sizeBytes();
    if (!memory.tryReserve(bytes)) {
      String message = owner + ": no memory left for items that wait to be joined";
      parcel.acknowledgement().fail(Failure.retryable(Cause.MEMORY, message));
      return;
    }
    Taken<B> full = null;
    lock.lock();
    try {
      long now = ticker.getAsLong();
      Lane<B> lane = lanes.computeIfAbsent(parcel.partition(), ignored -> new Lane<>());
      lull.arrived(now);
      if (lane.parcels.isEmpty()) {
        lane.firstNanos = now;
        if (open++ == 0) {
          begun.signal();
        }
      }
      lane.parcels.add(parcel);
      lane.items += parcel.items();
      lane.bytes += bytes;
      if (stopping || (config.sendBatchSize() > 0 && lane.items >= config.sendBatchSize())) {
        full = take(lane, now);
      }
    } finally {
      lock.unlock();
    }
    if (full != null) {
      hand(full);
    }
  }

  /// A large request goes on where it is, and many do if nobody will join their rows, which takes too long for the
  /// event loop that brought the last.
  private void hand(Taken<B> taken) {
    if (taken.parcels.size() == 1 || !looksInside()) {
      send(taken);
    } else {
      Thread.ofVirtual().name(owner).start(() -> send(taken));
    }
  }

  /// Empties a lane; under the lock.
  private Taken<B> take(Lane<B> lane, long now) {
    var taken = new Taken<>(lane.parcels, lane.bytes);
    lane.parcels = new ArrayList<>(lane.parcels.size());
    lane.items = 0;
    lane.bytes = 0;
    open--;
    lull.answered(now);
    return taken;
  }

  private void send(Taken<B> taken) {
    try {
      pass(Joining.join(taken.parcels).with(taken.parcels.get(0).client()));
    } catch (RuntimeException e) {
      LOG.error("{}: {} parcels could not be joined and passed on", owner, taken.parcels.size(), e);
      refuse(taken, Failure.permanent(Cause.INTERNAL, owner + ": " + e));
    } finally {
      memory.release(taken.bytes);
    }
  }

  /// Answers what a fault downstream has left without answer; which of them that is cannot be told.
  private static <B extends Batch> void refuse(Taken<B> taken, Failure failure) {
    for (Parcel<B> parcel : taken.parcels) {
      try {
        parcel.acknowledgement().fail(failure);
      } catch (IllegalStateException e) {
        LOG.debug("had been answered already", e);
      }
    }
  }

  private void pass(Parcel<B> parcel) {
    if (config.sendBatchMaxSize() == 0) {
      next.accept(parcel);
    } else {
      Joining.split(parcel, config.sendBatchMaxSize()).forEach(next::accept);
    }
  }

  private void flushOnTime() {
    try {
      while (true) {
        List<Taken<B>> due = awaitDue();
        if (due.isEmpty()) {
          return;
        }
        due.forEach(this::send);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits until batches are due and takes them; empty once stopping.
  private List<Taken<B>> awaitDue() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        if (stopping) {
          return List.of();
        }
        if (open == 0) {
          begun.await();
          continue;
        }
        long now = ticker.getAsLong();
        long earliest = Long.MAX_VALUE;
        List<Taken<B>> due = new ArrayList<>();
        for (Lane<B> lane : lanes.values()) {
          if (lane.parcels.isEmpty()) {
            continue;
          }
          long left = lull.deadlineNanos(lane.firstNanos) - now;
          if (left <= 0) {
            due.add(take(lane, now));
          } else {
            earliest = Math.min(earliest, left);
          }
        }
        if (lanes.size() > MOST_IDLE_LANES) {
          lanes.values().removeIf(lane -> lane.parcels.isEmpty());
        }
        if (!due.isEmpty()) {
          return due;
        }
        var _ = begun.awaitNanos(earliest);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop() {
    List<Taken<B>> rest = new ArrayList<>();
    lock.lock();
    try {
      stopping = true;
      begun.signal();
      for (Lane<B> lane : lanes.values()) {
        if (!lane.parcels.isEmpty()) {
          rest.add(take(lane, ticker.getAsLong()));
        }
      }
    } finally {
      lock.unlock();
    }
    rest.forEach(this::send);
    try {
      flusher.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
