package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// The files that users bring with them, beside the checkout.
final class Scenarios {
  private Scenarios() {}

  /// A file of the scenarios. Where they are not at hand the test is skipped, or fails on CI.
  static Path file(String name) {
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      Path candidate = dir.resolve("shared/scenarios").resolve(name);
      if (Files.exists(candidate)) {
        return candidate;
      }
    }
    assertThat(System.getenv("CI")).as("the scenarios are not at hand on CI").isNotEqualTo("true");
    assumeTrue(false, "the scenarios are not at hand");
    throw new AssertionError("unreachable");
  }
}
