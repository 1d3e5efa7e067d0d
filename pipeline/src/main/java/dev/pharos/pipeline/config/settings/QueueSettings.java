package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.schema.Check;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import java.util.Optional;

/// An exporter's queue.
///
/// @param queueSize in units of `sizer`
/// @param storage the extension that keeps the queue; empty means in memory
/// @param batch empty means that requests are sent as they came
public record QueueSettings(
    boolean enabled,
    int numConsumers,
    long queueSize,
    Sizer sizer,
    boolean blockOnOverflow,
    boolean waitForResult,
    Optional<ComponentId> storage,
    Optional<BatchSettings> batch) {
  static final ConfigType<Long> SIZE = ConfigTypes.longs(0, Long.MAX_VALUE);

  /// The section `sending_queue`.
  public static final ConfigSchema<QueueSettings> SCHEMA =
      ConfigSchema.<QueueSettings>of(
              keys -> {
                boolean enabled = keys.bool("enabled", true, "whether requests wait in a queue");
                int consumers =
                    keys.count("num_consumers", 10, "how many requests are sent at the same time");
                long size =
                    keys.field(
                        "queue_size", SIZE, "1000", "how much the queue holds, in units of sizer");
                Sizer sizer =
                    keys.field(
                        "sizer", Sizer.TYPE, "requests", "the unit: requests, items or bytes");
                boolean block =
                    keys.bool(
                        "block_on_overflow", false, "whether a full queue lets the sender wait");
                boolean result =
                    keys.bool("wait_for_result", false, "whether the sender waits for the export");
                Optional<ComponentId> storage =
                    keys.optional(
                        "storage",
                        ConfigTypes.componentId(),
                        "the extension that keeps the queue on disk");
                Optional<Sizer> given = keys.has("sizer") ? Optional.of(sizer) : Optional.empty();
                Optional<BatchSettings> batch =
                    keys.optional(
                            "batch",
                            BatchSettings.SCHEMA,
                            "joins requests; off unless the key is there")
                        .map(written -> written.with(given));
                return new QueueSettings(
                    enabled, consumers, size, sizer, block, result, storage, batch);
              })
          .check(QueueSettings::check);

  /// The same for what sends behind a queue on disk, which has the limits itself.
  public QueueSettings behindStorage() {
    return new QueueSettings(
        enabled, numConsumers, Long.MAX_VALUE, sizer, false, true, Optional.empty(), batch);
  }

  private static void check(QueueSettings queue, Check check) {
    if (!queue.enabled) {
      return;
    }
    if (queue.numConsumers == 0) {
      check.error("num_consumers", "0 (expected: at least 1)");
    }
    if (queue.queueSize == 0) {
      check.error("queue_size", "0 (expected: at least 1)");
    }
    if (queue.waitForResult && queue.storage.isPresent()) {
      check.error("wait_for_result", "is not supported with a persistent queue (storage is set)");
    }
    queue.batch.ifPresent(
        batch -> {
          if (batch.sizer() == Sizer.REQUESTS) {
            check.error("batch", "sizer \"requests\" (expected: items or bytes)");
          }
          if (batch.sizer() == queue.sizer && batch.minSize() > queue.queueSize) {
            String sizes =
                batch.minSize() + " (expected: at most queue_size, " + queue.queueSize + ")";
            check.error("batch", "min_size must be less than or equal to queue_size: " + sizes);
          }
        });
  }
}
