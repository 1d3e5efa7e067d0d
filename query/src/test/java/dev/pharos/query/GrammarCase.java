package dev.pharos.query;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// The inputs of the editors' grammars in the shared conformance data, each with the tree the editor expects.
public record GrammarCase(String name, String query, String tree) {
  /// Reads a file of that folder; skips the test where there is none, unless `CI` is `true`.
  public static List<GrammarCase> read(String language) throws IOException {
    Optional<Path> file =
        find(Path.of("shared", "conformance", "editor-grammars", language, "test_expression.txt"));
    if (file.isEmpty() && "true".equals(System.getenv("CI"))) {
      fail("the shared conformance data of " + language + " are not there");
    }
    Assumptions.assumeTrue(file.isPresent(), "no shared conformance data");
    var cases = new ArrayList<GrammarCase>();
    for (String part : Files.readString(file.orElseThrow()).split("(?m)^# ")) {
      int tree = part.indexOf("\n==>");
      if (tree > 0) {
        int line = part.indexOf('\n');
        cases.add(
            new GrammarCase(
                part.substring(0, line),
                part.substring(line, tree).strip(),
                part.substring(tree + 4).strip()));
      }
    }
    return cases;
  }

  private static Optional<Path> find(Path relative) {
    for (Path at = Path.of(System.getProperty("user.dir")); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve(relative))) {
        return Optional.of(at.resolve(relative));
      }
    }
    return Optional.empty();
  }
}
