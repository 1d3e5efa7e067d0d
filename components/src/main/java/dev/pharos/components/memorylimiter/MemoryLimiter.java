package dev.pharos.components.memorylimiter;

import dev.pharos.model.Batch;
import dev.pharos.model.Failure;
import dev.pharos.model.Parcel;
import dev.pharos.model.Sink;
import dev.pharos.observe.Cause;
import dev.pharos.observe.Ledger;
import dev.pharos.pipeline.component.Processor;
import java.time.Duration;

/// Passes batches on while the ledger has room for them and refuses them, retryable, while it has not. Any thread.
final class MemoryLimiter<B extends Batch> implements Processor<B> {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final long limitBytes;
  private final Sink<B> next;

  MemoryLimiter(Ledger ledger, long limitBytes, Sink<B> next) {
    this.ledger = ledger;
    this.limitBytes = limitBytes;
    this.next = next;
  }

  @Override
  public boolean looksInside() {
    return next.looksInside();
  }

  @Override
  public void accept(Parcel<B> parcel) {
    long used = ledger.usedBytes();
    if (used > limitBytes) {
      String message =
          "data refused: memory use of "
              + (used >> 20)
              + " MiB is above the limit of "
              + (limitBytes >> 20)
              + " MiB";
      parcel.acknowledgement().fail(Failure.retryable(Cause.MEMORY, message, RETRY_AFTER));
      return;
    }
    next.accept(parcel);
  }
}
