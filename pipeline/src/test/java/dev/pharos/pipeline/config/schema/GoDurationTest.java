package dev.pharos.pipeline.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "5s, PT5S",
    "300ms, PT0.3S",
    "1h30m, PT1H30M",
    "1.5s, PT1.5S",
    "-2m, PT-2M",
    "0, PT0S",
    "+1us, PT0.000001S",
    "1µs, PT0.000001S",
    "3ns, PT0.000000003S",
    "0.9ns, PT0S",
    ".5h, PT30M",
    "1.s, PT1S",
    "1h1h, PT2H"
  })
  void readsGoSyntax(String text, Duration expected) {
    assertThat(GoDuration.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "5 s", "1d", "--1s", "1s-", ".s", "3000000h", "1e3s", "5S"})
  void refusesWhatGoRefuses(String text) {
    assertThat(GoDuration.parse(text)).isEmpty();
  }
}
