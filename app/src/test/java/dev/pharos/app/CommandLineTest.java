package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.observe.LogTap;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... words) {
    return Main.run(words, new LogTap(), print(out), print(err));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void runsWithoutWords() {
    CommandLine line = CommandLine.parse();

    assertThat(line.command()).isEqualTo("run");
    assertThat(line.options()).isEmpty();
  }

  @Test
  void readsOptionsWithASpaceOrAnEqualsSignInTheirOrder() {
    CommandLine line =
        CommandLine.parse(
            "validate", "--config", "a.yaml", "--config=b.yaml", "--set=x::y=1", "--data", "d");

    assertThat(line.command()).isEqualTo("validate");
    assertThat(line.all("config")).containsExactly("a.yaml", "b.yaml");
    assertThat(line.all("set")).containsExactly("x::y=1");
    assertThat(line.last("data")).contains("d");
    assertThat(line.last("config")).contains("b.yaml");
    assertThat(line.last("mode")).isEmpty();
  }

  @Test
  void refusesWhatItDoesNotKnowAndNamesIt() {
    assertThatThrownBy(() -> CommandLine.parse("start"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("\"start\"");
    assertThatThrownBy(() -> CommandLine.parse("--confg", "a")).hasMessageContaining("--confg");
    assertThatThrownBy(() -> CommandLine.parse("run", "a.yaml")).hasMessageContaining("\"a.yaml\"");
    assertThatThrownBy(() -> CommandLine.parse("--config"))
        .hasMessageContaining("--config lacks its value");
  }

  @Test
  void exitsWith2ForAWrongLine() {
    assertThat(run("start")).isEqualTo(2);
    assertThat(text(err)).startsWith("pharos: unknown command \"start\"");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void printsUsageAndVersion() {
    assertThat(run("--help")).isZero();
    assertThat(text(out)).isEqualTo(CommandLine.USAGE);
    out.reset();
    assertThat(run("--version")).isZero();
    assertThat(text(out)).isEqualTo("pharos " + Version.TEXT + "\n");
  }

  @Test
  void listsItsComponents() {
    assertThat(run("components")).isZero();
    assertThat(text(out))
        .contains("otlp", "store", "query", "memory_limiter", "health_check", "forward");
  }

  @Test
  void validatesTheBuiltInConfiguration() {
    assertThat(run("validate")).isZero();
    assertThat(text(out)).endsWith("the configuration is valid\n");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void exitsWith1ForAConfigurationThatIsWrong() {
    assertThat(run("validate", "--set", "receivers::otlp/pharos::protocls=1")).isEqualTo(1);
    assertThat(text(err)).startsWith("error: ").contains("protocls", "protocols");
  }

  @Test
  void printsTheConfigurationItReads() {
    assertThat(run("print-config", "--listen", "0.0.0.0")).isZero();
    assertThat(text(out)).contains("otlp/pharos:", "0.0.0.0:4317").doesNotContain("localhost:4317");
    assertThat(run("print-config", "--mode", "open")).isEqualTo(2);
    assertThat(text(err)).contains("--mode open (expected: redacted or unredacted)");
  }
}
