package dev.pharos.pipeline.queue;

import java.time.Duration;
import java.util.Optional;

/// How an exporter queues what it sends (`sending_queue`).
///
/// @param enabled without a queue each batch is sent at once, and its sender waits
/// @param consumers exports under way at a time
/// @param capacity in units of `sizer`
/// @param blockOnOverflow a full queue makes the sender wait instead of refusing
/// @param waitForResult the sender waits for the export and not only for room in the queue
/// @param batch how queued batches are put together; empty to send each as it came
public record QueuePolicy(
    boolean enabled,
    int consumers,
    long capacity,
    Sizer sizer,
    boolean blockOnOverflow,
    boolean waitForResult,
    Optional<Batching> batch) {
  /// The Collector's defaults.
  public static final QueuePolicy DEFAULT =
      new QueuePolicy(true, 10, 1_000, Sizer.REQUESTS, false, false, Optional.empty());

  /// What sizes are counted in.
  public enum Sizer {
    REQUESTS,
    ITEMS,
    BYTES
  }

  /// @param flushTimeout after which an unfinished batch is sent
  /// @param minSize at which it is sent at once
  /// @param maxSize above which it is split; 0 for no limit
  public record Batching(Duration flushTimeout, long minSize, long maxSize, Sizer sizer) {}
}
