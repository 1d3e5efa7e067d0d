package dev.pharos.pipeline.config;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// Finds the conformance data beside the repository. Without it a test is skipped, except on CI, where it fails.
public final class Conformance {
  private Conformance() {}

  /// A file or folder below `conformance/collector`.
  public static Path collector(String path) {
    return shared("conformance/collector/" + path);
  }

  /// A file or folder of the shared data.
  public static Path shared(String path) {
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      Path candidate = dir.resolve("shared").resolve(path);
      if (Files.exists(candidate)) {
        return candidate;
      }
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(
          "shared/" + path + " is not there (expected: beside a parent of the module)");
    }
    assumeTrue(false, "shared/" + path + " is not at hand");
    throw new AssertionError("unreachable");
  }
}
