package dev.pharos.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The files of the shared conformance folder, found by walking up from the working directory. Where the folder is
/// absent the test is skipped, except in CI.
final class Conformance {
  private Conformance() {}

  static Path path(String name) {
    Optional<Path> folder =
        Stream.iterate(Path.of("").toAbsolutePath(), up -> up != null, Path::getParent)
            .map(up -> up.resolve("shared/conformance"))
            .filter(Files::isDirectory)
            .findFirst();
    if ("true".equals(System.getenv("CI"))) {
      assertThat(folder).as("shared/conformance above the working directory").isPresent();
    }
    assumeTrue(folder.isPresent(), "no shared/conformance above the working directory");
    return folder.orElseThrow().resolve(name);
  }

  static byte[] read(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
