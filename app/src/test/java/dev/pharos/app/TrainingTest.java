package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  @TempDir private Path directory;

  /// It throws if a request of the training is refused, or a query fails.
  @Test
  void isAnsweredAllThatItAsks() {
    assertThat(new Training(Clock.systemUTC(), directory).run()).isZero();
  }
}
