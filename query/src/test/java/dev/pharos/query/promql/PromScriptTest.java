package dev.pharos.query.promql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Prometheus' own test scripts. The evaluations that do not pass yet are listed in `promql-excluded.txt`, so that a
/// change can only shorten the list.
class PromScriptTest {
  private static final String NONE = "none";

  static Stream<String> scripts() throws IOException {
    Optional<Path> folder = folder();
    if (folder.isEmpty()) {
      return Stream.of(NONE);
    }
    try (Stream<Path> files = Files.list(folder.get())) {
      return files
          .map(p -> p.getFileName().toString())
          .filter(n -> n.endsWith(".test"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static Optional<Path> folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("shared/conformance/prometheus/promqltest");
      if (Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static Set<Integer> excluded(String prefix) throws IOException {
    Set<Integer> lines = new TreeSet<>();
    try (InputStream in = PromScriptTest.class.getResourceAsStream("/promql-excluded.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith(prefix)) {
          lines.add(Integer.parseInt(line.substring(prefix.length()).split("\\s", 2)[0]));
        }
      }
    }
    return lines;
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void evaluatesAsPrometheusDoes(String file) throws IOException {
    check(file, true);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void evaluatesAlikeWhereNamesAreDroppedAtOnce(String file) throws IOException {
    check(file, false);
  }

  private static void check(String file, boolean delayed) throws IOException {
    if (file.equals(NONE)) {
      assertThat(System.getenv("CI")).as("conformance scripts are missing").isNotEqualTo("true");
      Assumptions.abort("conformance scripts are missing");
    }
    Map<Integer, String> failures = run(file, delayed).failures();
    Set<Integer> excluded = excluded(file + ":");
    if (!delayed) {
      excluded.addAll(excluded("immediate " + file + ":"));
    }
    StringBuilder unexpected = new StringBuilder();
    failures.forEach(
        (line, failure) -> {
          if (!excluded.contains(line)) {
            unexpected
                .append('\n')
                .append(file)
                .append(':')
                .append(line)
                .append(' ')
                .append(failure);
          }
        });
    assertThat(unexpected.toString()).as("evaluations that fail").isEmpty();
    assertThat(failures.keySet()).as("excluded evaluations that pass now").containsAll(excluded);
  }

  private static ScriptRun run(String file, boolean delayed) throws IOException {
    List<String> lines = Files.readAllLines(folder().orElseThrow().resolve(file));
    ScriptRun run = new ScriptRun(delayed);
    run.run(PromScript.parse(lines));
    return run;
  }

  /// Prints the failures of the files given, for whoever shortens the list.
  public static void main(String[] args) throws IOException {
    int all = 0;
    int failed = 0;
    boolean delayed = !Boolean.getBoolean("immediate");
    for (String file : args.length > 0 ? List.of(args) : scripts().toList()) {
      ScriptRun run = run(file, delayed);
      run.failures()
          .forEach((line, failure) -> System.out.println(file + ":" + line + " " + failure));
      System.err.printf(
          "%-28s %4d of %4d%n", file, run.evaluations() - run.failures().size(), run.evaluations());
      all += run.evaluations();
      failed += run.failures().size();
    }
    System.err.printf("%-28s %4d of %4d%n", "all", all - failed, all);
  }

  @Test
  void knowsItsOwnExclusions() throws IOException {
    try (InputStream in = PromScriptTest.class.getResourceAsStream("/promql-excluded.txt")) {
      assertThat(in).isNotNull();
    }
  }
}
