package dev.pharos.insight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
  @ParameterizedTest
  @CsvSource({"0, 0/s", "412, 412/s", "8.4, 8.4/s", "0.05, 3/min", "0.0005, 1.8/h"})
  void writesRatesBelowATenthByTheMinuteOrHour(double rate, String words) {
    assertThat(Wording.rate(rate)).isEqualTo(words);
  }
}
