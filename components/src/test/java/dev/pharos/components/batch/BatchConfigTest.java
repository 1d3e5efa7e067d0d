package dev.pharos.components.batch;

import static dev.pharos.components.Running.config;
import static dev.pharos.components.Running.errors;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchConfigTest {
  @Test
  void hasTheCollectorsDefaults() {
    BatchConfig config = config(BatchConfig.SCHEMA, "");
    assertThat(config.timeout()).isEqualTo(Duration.ofMillis(200));
    assertThat(config.sendBatchSize()).isEqualTo(8192);
    assertThat(config.sendBatchMaxSize()).isZero();
    assertThat(config.metadataKeys()).isEmpty();
    assertThat(config.metadataCardinalityLimit()).isEqualTo(1000);
  }

  @Test
  void refusesALargestSizeBelowTheSize() {
    assertThat(errors(BatchConfig.SCHEMA, "send_batch_size: 100\nsend_batch_max_size: 50"))
        .singleElement()
        .asString()
        .contains("x:2:22", "send_batch_max_size", "50", "100");
  }

  @Test
  void refusesANegativeTimeout() {
    assertThat(errors(BatchConfig.SCHEMA, "timeout: -1s"))
        .singleElement()
        .asString()
        .contains("timeout");
  }

  @Test
  void refusesMetadataKeysThatAreTheSame() {
    assertThat(errors(BatchConfig.SCHEMA, "metadata_keys: [a, A]")).hasSize(1);
    assertThat(errors(BatchConfig.SCHEMA, "metadata_cardinality_limit: -1")).hasSize(1);
  }
}
