package dev.pharos.pipeline.queue;

import dev.pharos.model.Batch;
import dev.pharos.model.Cargo;
import dev.pharos.model.Tenant;
import java.time.Duration;

/// Sends items to a backend, once. Called on virtual threads, by several at a time.
@FunctionalInterface
public interface Sender<B extends Batch> {
  /// Blocks until the backend has answered or `timeout` (zero: none) has passed; a failure is a result, not an
  /// exception.
  ///
  /// @throws InterruptedException if the exporter stops meanwhile
  SendResult send(Cargo<B> cargo, Tenant tenant, Duration timeout) throws InterruptedException;

  /// Whether sending reads the rows of a batch; see [dev.pharos.model.Sink#looksInside].
  default boolean looksInside() {
    return true;
  }
}
