package dev.pharos.pipeline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Problems;
import dev.pharos.pipeline.config.schema.Decoding;
import dev.pharos.pipeline.config.settings.RetrySettings;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static Backoff backoff(String yaml, Random random) {
    Problems problems = new Problems();
    RetrySettings settings =
        RetrySettings.SCHEMA
            .decode(ConfigNode.of(yaml), new Decoding("retry_on_failure", problems))
            .orElseThrow();
    assertThat(problems.errors()).isEmpty();
    return new Backoff(settings, random);
  }

  @Test
  void waitsLongerEachTimeUpToALimit() {
    Backoff backoff =
        backoff(
            "{initial_interval: 1s, multiplier: 2, max_interval: 5s, randomization_factor: 0}",
            new Random(1));
    assertThat(backoff.after(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.after(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.after(3)).isEqualTo(Duration.ofSeconds(4));
    assertThat(backoff.after(4)).isEqualTo(Duration.ofSeconds(5));
    assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void isOffByARandomShareOfTheWait() {
    Backoff backoff = backoff("{}", new Random(2));
    var shortest = Duration.ofSeconds(5);
    var longest = Duration.ofSeconds(5);
    for (int i = 0; i < 1_000; i++) {
      Duration wait = backoff.after(1);
      assertThat(wait).isBetween(Duration.ofMillis(2_500), Duration.ofMillis(7_500));
      shortest = wait.compareTo(shortest) < 0 ? wait : shortest;
      longest = wait.compareTo(longest) > 0 ? wait : longest;
    }
    assertThat(shortest).isLessThan(Duration.ofMillis(2_600));
    assertThat(longest).isGreaterThan(Duration.ofMillis(7_400));
  }

  @Test
  void allowsAnotherAttemptWhileThereIsTime() {
    Backoff backoff =
        backoff("{initial_interval: 1s, max_interval: 5s, max_elapsed_time: 10s}", new Random(3));
    assertThat(backoff.allows(Duration.ofSeconds(6), Duration.ofSeconds(4))).isTrue();
    assertThat(backoff.allows(Duration.ofSeconds(7), Duration.ofSeconds(4))).isFalse();
    Backoff forever = backoff("{max_elapsed_time: 0s}", new Random(3));
    assertThat(forever.allows(Duration.ofDays(9), Duration.ofDays(9))).isTrue();
    Backoff never = backoff("{enabled: false, max_elapsed_time: 0s}", new Random(3));
    assertThat(never.allows(Duration.ZERO, Duration.ZERO)).isFalse();
  }
}
