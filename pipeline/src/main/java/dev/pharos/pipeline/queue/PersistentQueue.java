package dev.pharos.pipeline.queue;

import dev.pharos.log.DiskException;
import dev.pharos.log.DiskFullException;
import dev.pharos.log.DurableLog;
import dev.pharos.log.Frame;
import dev.pharos.model.Acknowledgement;
import dev.pharos.model.Batch;
import dev.pharos.model.Client;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.RequestKey;
import dev.pharos.model.Sink;
import dev.pharos.model.Tenant;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import dev.pharos.pipeline.component.Sending;
import dev.pharos.pipeline.config.settings.BatchSettings;
import dev.pharos.pipeline.config.settings.QueueSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A sending queue that outlives the process: a parcel is answered once it is on disk, and is sent at least once, by
/// this process or the next one on the same storage. It stays in memory meanwhile too; the log is read at the start
/// alone.
///
/// One thread commits: what comes during a force shares the next one. What a backend refuses for good, or for longer
/// than retries are given, leaves the queue and is counted, as without storage; what is left when the queue stops stays
/// on disk.
public final class PersistentQueue<B extends Batch> implements Sink<B>, SendingQueue {
  private static final Logger LOG = LoggerFactory.getLogger(PersistentQueue.class);

  /// A log that is no longer keeps what was sent.
  private static final long SMALL_LOG_BYTES = 1 << 20;

  private static final int MOST_UNFORCED = 1000;

  private record Waiting<B extends Batch>(Parcel<B> parcel, long size, long bytes) {}

  private final String exporter;
  private final String name;
  private final QueueSettings policy;
  private final QueueStorage storage;
  private final ExportQueue<B> sending;
  private final Account memory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private List<Waiting<B>> waiting = new ArrayList<>();
  private List<Long> finished = new ArrayList<>();
  private final TreeSet<Long> outstanding = new TreeSet<>();
  private long size;
  private int unforced;
  private boolean stopping;
  private Optional<DurableLog> log = Optional.empty();
  private final Thread committer;

  /// @param signal with the exporter's id the name under which the queue is found again
  /// @param sending what sends: it has room for everything and tells the results
  /// @param memory charged with what is in the queue
  public PersistentQueue(
      String exporter,
      String signal,
      QueueSettings policy,
      QueueStorage storage,
      ExportQueue<B> sending,
      Account memory) {
    this.exporter = exporter;
    this.name = exporter + " " + signal;
    this.policy = policy;
    this.storage = storage;
    this.sending = sending;
    this.memory = memory;
    committer = Thread.ofVirtual().name("queue " + name).unstarted(this::commitAll);
  }

  @Override
  @SuppressWarnings("unchecked") // a queue's log holds batches of its signal
  public void start() {
    var replay = new QueueFrames.Replay();
    DurableLog opened = storage.open(name, replay);
    log = Optional.of(opened);
    sending.start();
    outstanding.addAll(replay.left.keySet());
    replay.left.forEach(
        (sequence, kept) -> {
          Tenant tenant = kept.partition().tenant();
          Parcel<B> parcel =
              Parcel.of((B) kept.batch(), tenant, RequestKey.NONE, Acknowledgement.NOBODY);
          var one = waiting(parcel.with(Client.of(kept.partition().metadata())));
          memory.charge(one.bytes);
          size += one.size;
          send(one, sequence);
        });
    if (!replay.left.isEmpty()) {
      LOG.info("exporter {}: {} batches of before wait to be sent", exporter, replay.left.size());
    }
    committer.start();
  }

  @Override
  public Sending sending() {
    return sending.sending();
  }

  @Override
  public void accept(Parcel<B> parcel) {
    if (policy.blockOnOverflow()) {
      Thread.startVirtualThread(() -> offer(parcel));
    } else {
      offer(parcel);
    }
  }

  /// Of the client only that is kept which keeps batches apart.
  private Waiting<B> waiting(Parcel<B> given) {
    List<String> keys = policy.batch().map(BatchSettings::metadataKeys).orElse(List.of());
    Parcel<B> parcel = given.with(given.client().only(keys));
    return new Waiting<>(parcel, ExportQueue.measure(parcel, policy.sizer()), parcel.sizeBytes());
  }

  private void offer(Parcel<B> parcel) {
    Waiting<B> one = waiting(parcel);
    Failure refused = take(one);
    if (refused != null) {
      parcel.acknowledgement().fail(refused);
    }
  }

  private @Nullable Failure take(Waiting<B> one) {
    lock.lock();
    try {
      while (true) {
        if (stopping) {
          return Failure.retryable(Cause.SHUTDOWN, "exporter " + exporter + " is stopping");
        }
        boolean fits = size == 0 || size + one.size <= policy.queueSize();
        if (fits && memory.tryReserve(one.bytes)) {
          size += one.size;
          waiting.add(one);
          work.signal();
          return null;
        }
        if (!policy.blockOnOverflow()) {
          return fits
              ? Failure.retryable(
                  Cause.MEMORY, "exporter " + exporter + ": no memory left for its sending queue")
              : Failure.retryable(
                  Cause.QUEUE_FULL, "exporter " + exporter + ": its sending queue is full");
        }
        var _ = room.awaitNanos(ExportQueue.LOOK_AGAIN.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Failure.retryable(Cause.SHUTDOWN, "exporter " + exporter + " is stopping");
    } finally {
      lock.unlock();
    }
  }

  private void commitAll() {
    try {
      while (true) {
        List<Waiting<B>> batches;
        List<Long> sent;
        lock.lock();
        try {
          while (waiting.isEmpty() && finished.isEmpty() && !stopping) {
            work.await();
          }
          batches = waiting;
          sent = finished;
          waiting = new ArrayList<>();
          finished = new ArrayList<>();
          if (batches.isEmpty() && sent.isEmpty()) {
            return;
          }
        } finally {
          lock.unlock();
        }
        try {
          commit(batches, sent);
        } catch (RuntimeException | Error e) {
          LOG.error("exporter {}: a fault in its queue", exporter, e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void commit(List<Waiting<B>> batches, List<Long> sent) {
    DurableLog open = log.orElseThrow();
    long first;
    try {
      var frames = new ArrayList<Frame>(batches.size() + 1);
      for (Waiting<B> one : batches) {
        frames.add(QueueFrames.batch(one.parcel.partition(), one.parcel.batch()));
      }
      if (!sent.isEmpty()) {
        frames.add(QueueFrames.finished(sent));
      }
      first = open.append(frames);
      unforced += frames.size();
      if (!batches.isEmpty() || unforced >= MOST_UNFORCED) {
        open.force();
        unforced = 0;
      }
    } catch (RuntimeException | Error e) {
      refuse(batches, e);
      return;
    }
    lock.lock();
    try {
      for (int i = 0; i < batches.size(); i++) {
        outstanding.add(first + i);
      }
    } finally {
      lock.unlock();
    }
    for (int i = 0; i < batches.size(); i++) {
      Waiting<B> one = batches.get(i);
      send(one, first + i);
      one.parcel.acknowledgement().done();
    }
    giveUpWhatWasSent(open);
  }

  private void refuse(List<Waiting<B>> batches, Throwable e) {
    LOG.error("exporter {}: its queue cannot be written: {}", exporter, e.getMessage());
    Cause cause =
        e instanceof DiskFullException
            ? Cause.DISK_FULL
            : e instanceof DiskException ? Cause.STORAGE : Cause.INTERNAL;
    for (Waiting<B> one : batches) {
      giveBack(one);
      one.parcel
          .acknowledgement()
          .fail(
              Failure.retryable(
                  cause,
                  "exporter " + exporter + ": its queue cannot be written: " + e.getMessage()));
    }
  }

  private void send(Waiting<B> one, long sequence) {
    sending.accept(one.parcel.with(new Sent(one, sequence)));
  }

  private void giveBack(Waiting<B> one) {
    memory.release(one.bytes);
    lock.lock();
    try {
      size -= one.size;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Gives up the files of the log below what is still to be sent, the newest one too if that is nothing.
  private void giveUpWhatWasSent(DurableLog open) {
    long lowest;
    lock.lock();
    try {
      lowest = outstanding.isEmpty() ? open.nextSequence() : outstanding.first();
    } finally {
      lock.unlock();
    }
    try {
      if (lowest == open.nextSequence() && open.sizeBytes() > SMALL_LOG_BYTES) {
        open.force();
        unforced = 0;
        open.startNewFile();
      }
      open.truncateBelow(lowest);
    } catch (DiskException e) {
      LOG.warn("exporter {}: files of its queue stay: {}", exporter, e.getMessage());
    }
  }

  /// Ends the sending, and keeps on disk what it left.
  @Override
  public void stop() {
    lock.lock();
    try {
      stopping = true;
      work.signal();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    sending.stop();
    try {
      committer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lock.lock();
    try {
      if (!finished.isEmpty()) {
        log.orElseThrow().append(QueueFrames.finished(finished));
        finished = new ArrayList<>();
      }
    } catch (DiskException e) {
      LOG.warn("exporter {}: what it sent last will be sent again: {}", exporter, e.getMessage());
    } finally {
      lock.unlock();
    }
    log.ifPresent(DurableLog::close);
  }

  /// The answer of one attempt to send a batch of the queue.
  private final class Sent implements Acknowledgement {
    private final Waiting<B> one;
    private final long sequence;

    Sent(Waiting<B> one, long sequence) {
      this.one = one;
      this.sequence = sequence;
    }

    @Override
    public void rejected(int source, long items, Cause cause, String reason) {}

    @Override
    public void done() {
      finish();
    }

    @Override
    public void fail(Failure failure) {
      boolean stays;
      lock.lock();
      try {
        stays = stopping && failure.retryable();
      } finally {
        lock.unlock();
      }
      if (stays) {
        giveBack(one);
      } else {
        finish();
      }
    }

    private void finish() {
      giveBack(one);
      lock.lock();
      try {
        outstanding.remove(sequence);
        finished.add(sequence);
        work.signal();
      } finally {
        lock.unlock();
      }
    }
  }
}
