package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every source file of every module is laid out as google-java-format lays it out.
class FormatTest {
  /// Lays the files out instead of comparing them.
  private static final String WRITE = "pharos.format.write";

  private static final int DOCUMENTATION_COLUMNS = 120;

  private final Formatter formatter =
      new Formatter(
          JavaFormatterOptions.builder().style(Style.GOOGLE).formatJavadoc(false).build());

  @Test
  void everySourceFileIsLaidOutByTheFormatter() throws IOException {
    List<Path> files = sources();
    assertThat(files).as("source files found").hasSizeGreaterThan(500);
    assertThat(files.parallelStream().filter(file -> !laidOut(file)).toList())
        .as("run this test with -D" + WRITE + "=true to lay these out")
        .isEmpty();
  }

  @Test
  void documentationCommentsStayWithinTheirColumns() throws IOException {
    assertThat(sources().stream().flatMap(FormatTest::wideComments).toList()).isEmpty();
  }

  private boolean laidOut(Path file) {
    try {
      String source = Files.readString(file);
      String ordered = ImportOrderer.reorderImports(source, Style.GOOGLE);
      String expected = formatter.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
      if (Boolean.getBoolean(WRITE) && !expected.equals(source)) {
        Files.writeString(file, expected);
        return true;
      }
      return expected.equals(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatterException e) {
      throw new AssertionError(file + " does not parse: " + e.getMessage(), e);
    }
  }

  private static Stream<String> wideComments(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.strip().startsWith("///") && line.length() > DOCUMENTATION_COLUMNS)
          .map(line -> file.getFileName() + ": " + line.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> modules = Files.list(root())) {
      List<Path> trees =
          modules.map(module -> module.resolve("src")).filter(Files::isDirectory).toList();
      List<Path> files = new ArrayList<>();
      for (Path tree : trees) {
        try (Stream<Path> walk = Files.walk(tree)) {
          walk.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
        }
      }
      return files;
    }
  }

  private static Path root() {
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      if (Files.isDirectory(dir.resolve("docs/reference"))) {
        return dir;
      }
    }
    throw new AssertionError("no folder docs/reference above " + Path.of("").toAbsolutePath());
  }
}
