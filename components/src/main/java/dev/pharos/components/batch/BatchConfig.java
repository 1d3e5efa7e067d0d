package dev.pharos.components.batch;

import dev.pharos.pipeline.config.schema.Check;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import dev.pharos.pipeline.config.schema.ConfigType;
import dev.pharos.pipeline.config.schema.ConfigTypes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The keys of processor `batch`.
///
/// @param timeout zero sends everything at once, only splitting
/// @param sendBatchSize items; zero means that only the timeout counts
/// @param sendBatchMaxSize items; zero means without limit
/// @param metadataKeys what batches are kept apart by, and what of the senders' metadata goes on with them
/// @param metadataCardinalityLimit combinations of values; zero means without limit
public record BatchConfig(
    Duration timeout,
    int sendBatchSize,
    int sendBatchMaxSize,
    List<String> metadataKeys,
    int metadataCardinalityLimit) {
  private static final ConfigType<Integer> SIZE = ConfigTypes.integer(0, Integer.MAX_VALUE);

  public static final ConfigSchema<BatchConfig> SCHEMA =
      ConfigSchema.<BatchConfig>of(
              keys ->
                  new BatchConfig(
                      keys.duration(
                          "timeout",
                          "200ms",
                          "the longest that items wait for more; senders wait 200ms at most"),
                      keys.field(
                          "send_batch_size",
                          SIZE,
                          "8192",
                          "a batch of so many items is sent at once; 0 means any"),
                      keys.field(
                          "send_batch_max_size",
                          SIZE,
                          "0",
                          "larger batches are split; 0 means never"),
                      keys.texts(
                          "metadata_keys",
                          "metadata whose values keep batches apart, and that goes on with them"),
                      keys.field(
                          "metadata_cardinality_limit",
                          SIZE,
                          "1000",
                          "combinations of those values; data with another one is refused; 0 means any")))
          .check(BatchConfig::check);

  private static void check(BatchConfig config, Check check) {
    if (config.timeout.isNegative()) {
      check.error("timeout", config.timeout + " (expected: not negative)");
    }
    if (config.sendBatchMaxSize > 0 && config.sendBatchMaxSize < config.sendBatchSize) {
      check.error(
          "send_batch_max_size",
          config.sendBatchMaxSize
              + " (expected: 0, or at least send_batch_size, "
              + config.sendBatchSize
              + ")");
    }
    Set<String> seen = new HashSet<>();
    for (String key : config.metadataKeys) {
      if (!seen.add(key.toLowerCase(Locale.ROOT))) {
        check.error(
            "metadata_keys",
            "\"" + key + "\" is given twice (upper and lower case count the same)");
      }
    }
  }
}
