package dev.pharos.pipeline.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.pipeline.config.Conformance;
import dev.pharos.pipeline.config.Problem;
import dev.pharos.pipeline.config.Problems;
import dev.pharos.pipeline.config.Yaml;
import dev.pharos.pipeline.config.schema.Decoding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSettingsTest {
  private final Problems problems = new Problems();

  private QueueSettings file(String name) {
    String path = Conformance.collector("exporterhelper_queuebatch/" + name).toString();
    var root = Yaml.loader(Map.of(), Map.of()).load(List.of(path), List.of()).root();
    return QueueSettings.SCHEMA.decode(root, new Decoding("q", problems)).orElseThrow();
  }

  private List<String> errors(String yaml) {
    QueueSettings.SCHEMA.decode(Yaml.root(yaml), new Decoding("q", problems));
    return problems.errors().stream().map(Problem::message).toList();
  }

  @Test
  void hasTheCollectorsDefaults() {
    assertThat(QueueSettings.SCHEMA.defaults())
        .isEqualTo(
            new QueueSettings(
                true, 10, 1000, Sizer.REQUESTS, false, false, Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "batch_unset.yaml,",
    "batch_disabled_explicit_sizer.yaml,",
    "batch_set_empty_no_explicit_sizer.yaml, ITEMS",
    "batch_set_empty_explicit_sizer.yaml, ITEMS",
    "batch_set_nonempty_no_explicit_sizer.yaml, ITEMS",
    "batch_set_nonempty_explicit_sizer.yaml, BYTES"
  })
  void givesTheBatchItsQueuesSizerOnlyIfBothAreWritten(String name, Sizer expected) {
    QueueSettings queue = file(name);
    assertThat(problems.errors()).isEmpty();
    assertThat(queue.batch().map(BatchSettings::sizer)).isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void readsTheSizesOfABatch() {
    BatchSettings expected =
        new BatchSettings(Duration.ofMillis(200), Sizer.BYTES, 100, 0, List.of());
    assertThat(file("batch_set_nonempty_explicit_sizer.yaml").batch()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{queue_size: 0} | 0 (expected: at least 1)",
        "{num_consumers: 0} | 0 (expected: at least 1)",
        "{wait_for_result: true, storage: file_storage} | is not supported with a persistent queue (storage is set)",
        "{sizer: items, batch: {min_size: 2000}} | min_size must be less than or equal to queue_size: 2000 "
            + "(expected: at most queue_size, 1000)",
        "{sizer: requests, batch: {min_size: 5}} | sizer \"requests\" (expected: items or bytes)",
        "{batch: {max_size: 5, min_size: 6}} | 5 (expected: 0, or at least min_size, 6)",
        "{batch: {flush_timeout: 0s}} | PT0S (expected: more than 0)",
        "{batch: {partition: {metadata_keys: [a, A]}}} | metadata key \"A\" is given twice (upper and lower case "
            + "count the same)",
        "{sizer: request} | \"request\" (expected: one of requests, items, bytes; did you mean \"requests\"?)"
      })
  void refusesWhatCannotWork(String yaml, String message) {
    assertThat(errors(yaml)).containsExactly(message);
  }

  @Test
  void letsADisabledQueueBeAnything() {
    assertThat(errors("{enabled: false, queue_size: 0}")).isEmpty();
  }
}
