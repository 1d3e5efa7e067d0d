package dev.pharos.pipeline.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({"512, 512", "10MiB, 10485760", "1.5kb, 1500", "2 GiB, 2147483648", "0, 0"})
  void readsSizes(String text, long bytes) {
    assertThat(ByteSize.parse(text)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "-1", "1 parsec", "999999999999TiB"})
  void refusesWhatIsNoSize(String text) {
    assertThat(ByteSize.parse(text)).isEmpty();
  }
}
