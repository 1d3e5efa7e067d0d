package dev.pharos.components.turn;

import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.observe.Cause;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on parcels one after the other on a thread of its own, so that whoever brings them, an event loop as a rule,
/// need not wait. Any thread.
public final class Turns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  private final String owner;
  private final ExecutorService thread;

  public Turns(String owner) {
    this.owner = owner;
    this.thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().name(owner).factory());
  }

  /// Does `work`, which ends with the parcel's answer, after all that was given before. Refuses the parcel if the work
  /// fails or this is closed.
  public void take(Parcel<?> parcel, Runnable work) {
    try {
      thread.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException e) {
              LOG.error("{}: a batch could not be taken", owner, e);
              parcel.acknowledgement().fail(Failure.permanent(Cause.INTERNAL, owner + ": " + e));
            }
          });
    } catch (RejectedExecutionException e) {
      parcel.acknowledgement().fail(Failure.retryable(Cause.SHUTDOWN, owner + " is stopping"));
    }
  }

  /// Finishes what was given, within five seconds.
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("{}: did not finish within 5 s", owner);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
