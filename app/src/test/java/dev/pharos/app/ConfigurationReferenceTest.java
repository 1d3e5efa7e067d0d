package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.pipeline.config.service.ConfigReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReferenceTest {
  /// Writes the reference anew instead of comparing it.
  private static final String WRITE = "pharos.docs.write";

  @TempDir Path directory;

  @Test
  void saysWhatTheSchemasSay() throws Exception {
    String expected;
    try (var process = new Instance(Clock.systemUTC(), directory.resolve("data"))) {
      expected = ConfigReference.markdown(process.factories());
    }
    Path page = page();
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(page, expected);
    }
    assertThat(page).as("run this test with -D" + WRITE + "=true to write it anew").exists();
    assertThat(Files.readString(page))
        .as("run this test with -D" + WRITE + "=true to write it anew")
        .isEqualTo(expected);
  }

  private static Path page() {
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      if (Files.isDirectory(dir.resolve("docs/reference"))) {
        return dir.resolve("docs/reference/configuration.md");
      }
    }
    throw new AssertionError("no folder docs/reference above " + Path.of("").toAbsolutePath());
  }
}
