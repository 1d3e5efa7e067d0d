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

  @ParameterizedTest
  @CsvSource({
    "shop.product, brass-compass, shop.product=brass-compass",
    "thread.id, ≤ 43, thread.id ≤ 43",
    "http.request.size, > 20, http.request.size > 20"
  })
  void writesABoundOfNumbersAsOne(String key, String value, String words) {
    assertThat(Wording.condition(key, value)).isEqualTo(words);
  }
}
