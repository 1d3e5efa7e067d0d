package dev.pharos.components.otlp.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T08:49:30Z"), ZoneOffset.UTC);

  @Test
  void readsSeconds() {
    assertThat(RetryAfter.parse(" 120 ", CLOCK)).contains(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse("0", CLOCK)).contains(Duration.ZERO);
  }

  @Test
  void readsADate() {
    assertThat(RetryAfter.parse("Sat, 21 Nov 2026 08:49:37 GMT", CLOCK))
        .contains(Duration.ofSeconds(7));
  }

  @Test
  void ignoresDatesThatHavePassedAndNonsense() {
    assertThat(RetryAfter.parse("Sat, 21 Nov 2026 08:49:00 GMT", CLOCK)).isEmpty();
    assertThat(RetryAfter.parse("soon", CLOCK)).isEmpty();
    assertThat(RetryAfter.parse("-5", CLOCK)).isEmpty();
    assertThat(RetryAfter.parse("99999999999999999999", CLOCK)).isEmpty();
    assertThat(RetryAfter.parse("", CLOCK)).isEmpty();
  }
}
