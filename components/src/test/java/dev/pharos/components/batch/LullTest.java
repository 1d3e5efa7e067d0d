package dev.pharos.components.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LullTest {
  private static final long MILLI = 1_000_000;

  private final Lull lull = new Lull(Duration.ofMillis(200), 0);

  @Test
  void waitsTheLongestTimeWhileNothingIsKnown() {
    lull.arrived(5_000 * MILLI);
    assertThat(lull.deadlineNanos(5_000 * MILLI)).isEqualTo(5_200 * MILLI);
  }

  @Test
  void learnsThatSendersWaitForTheirAnswers() {
    long now = 0;
    for (int round = 0; round < 20; round++) {
      for (int sender = 0; sender < 16; sender++) {
        now += MILLI / 50;
        lull.arrived(now);
      }
      assertThat(lull.deadlineNanos(now - 15 * MILLI / 50)).isLessThanOrEqualTo(now + 200 * MILLI);
      now += MILLI;
      lull.answered(now);
    }
    lull.arrived(now + MILLI / 50);
    assertThat(lull.deadlineNanos(now)).isLessThan(now + 3 * MILLI);
  }

  @Test
  void keepsJoiningASteadyStream() {
    long now = 0;
    for (int i = 0; i < 100; i++) {
      now += 10 * MILLI;
      lull.arrived(now);
    }
    long first = now;
    assertThat(lull.deadlineNanos(first)).isGreaterThan(now + 50 * MILLI);
  }

  @Test
  void neverWaitsLongerThanAllowed() {
    lull.arrived(1_000 * MILLI);
    lull.arrived(1_150 * MILLI);
    assertThat(lull.deadlineNanos(1_000 * MILLI)).isEqualTo(1_200 * MILLI);
  }
}
