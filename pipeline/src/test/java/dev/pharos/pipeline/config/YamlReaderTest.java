package dev.pharos.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  @Test
  void keepsThePositionOfKeysAndValues() {
    ConfigNode.MapNode root = Yaml.root("a:\n  b: 1\n  c: [x,\n      y]\n");
    ConfigNode.MapNode a = (ConfigNode.MapNode) Yaml.at(root, "a");
    assertThat(a.keyPosition("c")).hasToString("pharos:test:3:3");
    assertThat(Yaml.at(root, "a::b").position()).hasToString("pharos:test:2:6");
    assertThat(((ConfigNode.ListNode) Yaml.at(root, "a::c")).items().get(1).position())
        .hasToString("pharos:test:4:7");
  }

  @Test
  void refusesEveryDuplicateKeyWithBothPositions() {
    assertThatThrownBy(() -> Yaml.root("a: 1\nb: 2\na: 3\nc:\n  d: 1\n  d: 2\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("pharos:test:3:1: key \"a\" is already set at pharos:test:1:1")
        .hasMessageContaining("pharos:test:6:3: key \"d\" is already set at pharos:test:5:3");
  }

  @Test
  void readsOnlyTheFirstDocumentAndSaysSo() {
    ConfigLoader.Loaded loaded = Yaml.load("a: 1\n---\nb: 2\n", Map.of());
    assertThat(Yaml.plain(loaded.root())).isEqualTo(Map.of("a", 1L));
    assertThat(loaded.warnings())
        .singleElement()
        .asString()
        .contains("pharos:test:2:1")
        .contains("first YAML document");
  }

  @Test
  void resolvesAnchorsAndMergeKeys() {
    Object root =
        Yaml.plain(
            Yaml.root(
                "x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\nz: [*x]\nw:\n  <<: [{q: 1}, *x]\n"));
    assertThat(root)
        .isEqualTo(
            Map.of(
                "x", Map.of("a", 1L, "b", 2L),
                "y", Map.of("a", 1L, "b", 3L),
                "z", List.of(Map.of("a", 1L, "b", 2L)),
                "w", Map.of("q", 1L, "a", 1L, "b", 2L)));
  }

  @Test
  void keepsQuotedAndTaggedScalarsAsText() {
    assertThat(Yaml.plain(Yaml.root("a: '1'\nb: \"true\"\nc: !!str 5\nd: !!float 5\ne: |\n  7\n")))
        .isEqualTo(Map.of("a", "1", "b", "true", "c", "5", "d", 5.0, "e", "7\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: [1,",
        "a: {b: ${env:X}}",
        "a: *nope",
        "a: 'open",
        "\ta: 1",
        "a: b: c",
        "? [x]\n: 1",
        "a: !!int x",
        "- a",
        "5",
        "a:\n b: 1\n  c: 2",
        "a: &a [*a]",
        "<<: 1"
      })
  void refusesWhatIsNoConfigurationWithItsPosition(String text) {
    assertThatThrownBy(() -> Yaml.root(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching("(?s)pharos:test:\\d+:\\d+: .*");
  }

  @Test
  void boundsWhatAliasesStandFor() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append(
          "a"
              + i
              + ": &a"
              + i
              + " ["
              + String.join(", ", java.util.Collections.nCopies(10, before))
              + "]\n");
    }
    assertThatThrownBy(() -> Yaml.root(bomb.toString()))
        .hasMessageContaining("more than 1000000 values");
  }

  @Test
  void boundsDepth() {
    assertThatThrownBy(() -> Yaml.root("a: " + "[".repeat(50_000)))
        .isInstanceOf(ConfigException.class);
  }
}
