package dev.pharos.pipeline.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SendingTest {
  private static final Sending QUIET =
      new Sending(Map.of(), 0, Optional.empty(), Optional.empty(), Optional.empty());

  @Test
  void takesSignalsTogether() {
    var older = new Sending.Fault(Duration.ofSeconds(9), "older", true);
    var newer = new Sending.Fault(Duration.ofSeconds(2), "newer", false);
    var traces =
        new Sending(Map.of("503", 2L, "429", 1L), 1, seconds(7), Optional.of(older), seconds(12));
    var logs = new Sending(Map.of("503", 3L), 2, seconds(4), Optional.of(newer), seconds(30));
    assertThat(Sending.together(List.of(traces, QUIET, logs)))
        .contains(
            new Sending(
                Map.of("503", 5L, "429", 1L), 3, seconds(4), Optional.of(newer), seconds(30)));
    assertThat(Sending.together(List.of())).isEmpty();
  }

  private static Optional<Duration> seconds(long seconds) {
    return Optional.of(Duration.ofSeconds(seconds));
  }
}
