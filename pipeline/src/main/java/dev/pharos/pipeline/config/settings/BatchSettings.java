package dev.pharos.pipeline.config.settings;

import dev.pharos.pipeline.config.schema.Check;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// How an exporter's queue joins requests before they are sent.
///
/// @param sizer the unit of `minSize` and `maxSize`; items or bytes
/// @param maxSize 0 means without limit
/// @param metadataKeys requests are joined only if they agree in the values of these
public record BatchSettings(
    Duration flushTimeout, Sizer sizer, long minSize, long maxSize, List<String> metadataKeys) {
  /// A batch section, and whether it takes the unit that its queue names.
  record Written(BatchSettings settings, boolean takesQueueSizer) {
    BatchSettings with(Optional<Sizer> queueSizer) {
      if (!takesQueueSizer || queueSizer.isEmpty()) {
        return settings;
      }
      return new BatchSettings(
          settings.flushTimeout,
          queueSizer.get(),
          settings.minSize,
          settings.maxSize,
          settings.metadataKeys);
    }
  }

  private static final ConfigSchema<List<String>> PARTITION =
      ConfigSchema.of(
          keys -> keys.texts("metadata_keys", "metadata keys whose values keep batches apart"));

  static final ConfigSchema<Written> SCHEMA =
      ConfigSchema.<Written>of(
              keys -> {
                boolean takesQueueSizer = !keys.isEmpty() && !keys.has("sizer");
                BatchSettings settings =
                    new BatchSettings(
                        keys.duration("flush_timeout", "200ms", "how long a batch waits for more"),
                        keys.field(
                            "sizer", Sizer.TYPE, "items", "the unit of the sizes: items or bytes"),
                        keys.field(
                            "min_size",
                            QueueSettings.SIZE,
                            "8192",
                            "a batch of this size is sent at once"),
                        keys.field(
                            "max_size",
                            QueueSettings.SIZE,
                            "0",
                            "a larger batch is split; 0 means never"),
                        keys.section("partition", PARTITION, "what keeps batches apart"));
                return new Written(settings, takesQueueSizer);
              })
          .check(BatchSettings::check);

  private static void check(Written written, Check check) {
    BatchSettings batch = written.settings;
    if (!batch.flushTimeout.isPositive()) {
      check.error("flush_timeout", batch.flushTimeout + " (expected: more than 0)");
    }
    if (batch.maxSize > 0 && batch.maxSize < batch.minSize) {
      check.error(
          "max_size",
          batch.maxSize + " (expected: 0, or at least min_size, " + batch.minSize + ")");
    }
    Set<String> seen = new HashSet<>();
    for (String key : batch.metadataKeys) {
      if (!seen.add(key.toLowerCase(Locale.ROOT))) {
        check.error(
            "partition",
            "metadata key \"" + key + "\" is given twice (upper and lower case count the same)");
      }
    }
  }
}
