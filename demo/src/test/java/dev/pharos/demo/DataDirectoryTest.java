package dev.pharos.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path directory;

  @Test
  void deletesTheStoreOfAnEarlierDemo() throws IOException {
    Path data = Files.createDirectories(directory.resolve("data/traces"));
    Files.createFile(data.resolve("segment"));
    Files.createFile(directory.resolve("data/lock"));

    DataDirectory.clear(directory.resolve("data"));

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void takesAnEmptyDirectoryAndNone() throws IOException {
    DataDirectory.clear(directory.resolve("none"));
    DataDirectory.clear(Files.createDirectory(directory.resolve("empty")));

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void touchesNothingThatIsNoStore() throws IOException {
    Path letter = Files.writeString(directory.resolve("letter"), "dear");

    assertThatThrownBy(() -> DataDirectory.clear(directory))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining(directory.toString());
    assertThat(letter).hasContent("dear");
  }
}
