package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The pages in headless Chromium over the whole program: `ui/src/test/browser/walk.test.mjs` walks them,
/// `frame.test.mjs` tries what surrounds them, `tables.test.mjs` the columns and rows of tables, `connect.test.mjs`
/// what newcomers do wrong. Screenshots go to `app/target/pictures`.
class BrowserTest {
  /// Some four times what they take on two cores that nobody else wants.
  private static final int PATIENCE_SECONDS = 720;

  @TempDir Path directory;

  @Test
  @Timeout(1500)
  void walksThePagesInARealBrowser() throws IOException, InterruptedException {
    Optional<Path> chromium = onPath("chromium");
    if (chromium.isEmpty()) {
      assertThat(System.getenv("CI")).as("chromium is not on the PATH").isNotEqualTo("true");
    }
    assumeTrue(chromium.isPresent(), "chromium is not on the PATH");
    try (var instance = new Instance(Clock.systemUTC(), directory.resolve("data"))) {
      var line = new CommandLine("run", Map.of("set", Training.FREE_PORTS));
      instance.run(
          Configuration.load(line, name -> Optional.empty(), directory, instance.factories()));

      // One after the other: the walk counts what it has sent itself.
      for (String tests : List.of("walk", "frame", "tables", "connect")) {
        Process walk = start(tests, chromium.get(), instance);
        boolean ended = walk.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        walk.destroyForcibly();

        assertThat(ended)
            .as("%s took longer than %s s: %s", tests, PATIENCE_SECONDS, report())
            .isTrue();
        assertThat(walk.exitValue()).as(report()).isZero();
      }
    }
  }

  private Process start(String tests, Path chromium, Instance instance) throws IOException {
    Path root = root();
    var walk =
        new ProcessBuilder(
            "node",
            "--test",
            "--test-reporter=spec",
            root.resolve("ui/src/test/browser/" + tests + ".test.mjs").toString());
    walk.environment().put("CHROMIUM", chromium.toString());
    var client = new InstanceClient();
    walk.environment().put("PHAROS_UI", "http://" + client.serving(instance, "/own/metrics"));
    walk.environment().put("PHAROS_OTLP", "http://" + client.otlp(instance));
    walk.environment().put("PICTURES", root.resolve("app/target/pictures").toString());
    return walk.redirectErrorStream(true)
        .redirectOutput(directory.resolve("walk.txt").toFile())
        .start();
  }

  private String report() throws IOException {
    return Files.readString(directory.resolve("walk.txt"));
  }

  private static Optional<Path> onPath(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("ui/package.json"))) {
      at = at.getParent();
    }
    return at;
  }
}
