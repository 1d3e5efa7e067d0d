package dev.pharos.store.engine;

import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.Sink;
import dev.pharos.observe.Account;
import dev.pharos.observe.Cause;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes parcels from any thread and commits them in groups: one thread prepares the next group while the other writes
/// and forces the one before. Every parcel is answered once, after its rows are durable and readable.
///
/// Bounded by the in-flight account and a number of requests; what is beyond is refused at once, to be sent again.
final class Committer<B extends Batch> implements Sink<B>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /// Writes the pieces of a group by one force and makes them readable.
  interface Writer<B extends Batch> {
    /// @return why the whole group is refused, or empty when it is durable and readable
    Optional<Failure> write(List<Piece<B>> group);
  }

  private final String signal;
  private final Account inFlight;
  private final CommitQueue<B> queue;
  private final GroupBuilder<B> builder;
  private final Claims claims;
  private final Writer<B> writer;
  private final EngineCounters counters;
  private final LongSupplier nowNanos;
  private final Thread preparing;
  private final Thread writing;

  Committer(
      String signal,
      Account inFlight,
      CommitQueue<B> queue,
      GroupBuilder<B> builder,
      Claims claims,
      Writer<B> writer,
      EngineCounters counters,
      LongSupplier nowNanos) {
    this.signal = signal;
    this.inFlight = inFlight;
    this.queue = queue;
    this.builder = builder;
    this.claims = claims;
    this.writer = writer;
    this.counters = counters;
    this.nowNanos = nowNanos;
    preparing =
        Thread.ofPlatform()
            .name("store-" + signal + "-prepare")
            .daemon()
            .unstarted(this::prepareAll);
    writing =
        Thread.ofPlatform().name("store-" + signal + "-write").daemon().unstarted(this::writeAll);
  }

  void start() {
    preparing.start();
    writing.start();
  }

  @Override
  public void accept(Parcel<B> parcel) {
    long bytes = parcel.batch().sizeBytes();
    if (!inFlight.tryReserve(bytes)) {
      refuse(
          parcel,
          Cause.MEMORY,
          "the store holds "
              + inFlight.usedBytes()
              + " bytes of requests in flight and has no room for "
              + bytes
              + " more (limit: "
              + inFlight.limitBytes()
              + ")");
      return;
    }
    switch (queue.offer(new Member<>(parcel, bytes))) {
      case TAKEN -> {}
      case FULL -> {
        inFlight.release(bytes);
        refuse(
            parcel, Cause.QUEUE_FULL, "too many requests wait for the store's " + signal + " log");
      }
      case CLOSED -> {
        inFlight.release(bytes);
        refuse(parcel, Cause.SHUTDOWN, "the store is shutting down");
      }
    }
  }

  private void refuse(Parcel<B> parcel, Cause cause, String message) {
    counters.refused(cause, parcel.batch().items());
    parcel.acknowledgement().fail(Failure.retryable(cause, message, RETRY));
  }

  private void prepareAll() {
    try {
      while (true) {
        List<Member<B>> requests = queue.take();
        if (requests.isEmpty()) {
          return;
        }
        queue.prepared(prepare(requests));
      }
    } catch (InterruptedException e) {
      LOG.warn("The thread that prepares {} for the log was interrupted", signal);
    }
  }

  private List<Piece<B>> prepare(List<Member<B>> requests) {
    try {
      List<Piece<B>> pieces = builder.build(requests, nowNanos.getAsLong());
      var kept = new HashSet<Member<B>>();
      pieces.forEach(piece -> kept.addAll(piece.members()));
      for (Member<B> member : requests) {
        if (!kept.contains(member)) {
          inFlight.release(member.reservedBytes());
        }
      }
      return pieces;
    } catch (RuntimeException | Error e) {
      LOG.error(
          "A fault while preparing {} requests of {} for the log", requests.size(), signal, e);
      requests.forEach(member -> inFlight.release(member.reservedBytes()));
      return List.of();
    }
  }

  private void writeAll() {
    try {
      while (true) {
        List<Piece<B>> group = queue.nextGroup();
        if (group.isEmpty()) {
          return;
        }
        write(group);
      }
    } catch (InterruptedException e) {
      LOG.warn("The thread that writes the log of {} was interrupted", signal);
    }
  }

  private void write(List<Piece<B>> group) {
    Optional<Failure> failure;
    try {
      failure = writer.write(group);
    } catch (RuntimeException | Error e) {
      LOG.error("A fault while writing the log of {}", signal, e);
      failure = Optional.of(Failure.retryable(Cause.INTERNAL, "a fault in the store: " + e, RETRY));
    }
    long now = Math.floorDiv(nowNanos.getAsLong(), 1_000_000L);
    for (Piece<B> piece : group) {
      builder.recycle(piece);
      if (failure.isPresent()) {
        claims.settle(piece, false, now);
      }
    }
    // The next group is prepared while this one is answered.
    queue.writerFree();
    for (Piece<B> piece : group) {
      for (Member<B> member : piece.members()) {
        inFlight.release(member.reservedBytes());
      }
      answer(piece, failure);
    }
  }

  private void answer(Piece<B> piece, Optional<Failure> failure) {
    try {
      piece.complete(failure, counters);
    } catch (RuntimeException e) {
      LOG.error("A fault while answering requests of {}", signal, e);
    }
  }

  /// Commits what was taken and ends both threads.
  @Override
  public void close() {
    queue.close();
    try {
      preparing.join();
      writing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
