package dev.pharos.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlWriterTest {
  private static final String CHARS =
      "abz019 .:-#'\"\\{}[],&*!|>%@`~?=<$_/\n\t\r\u0000\u0085\u00e9\u2028\ud83d\ude00+";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "yes",
        "017",
        "1e3",
        "null",
        "~",
        "a: b",
        "a #b",
        "- x",
        "-",
        "x:",
        "2020-01-01",
        "<<",
        "...",
        "---",
        "a\nb",
        "true",
        ".inf",
        "0x1F",
        "[a]",
        "*x",
        "'",
        "\"",
        "\\",
        "é",
        "\u0000",
        "1_000",
        "localhost:4317"
      })
  void writesTextsThatAreReadBackAsTheyAre(String text) {
    ConfigNode.MapNode map = ConfigNode.MapNode.empty(Position.NOWHERE);
    map = map.with("k", entry(text(text))).with(text, entry(text("v")));
    assertThat(readBack(map)).isTrue();
  }

  @Test
  void writesAnyTreeSoThatItIsReadBackTheSame() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      ConfigNode.MapNode map = map(random, 3);
      assertThat(readBack(map))
          .as("seed %d, tree %d:\n%s", seed, i, YamlWriter.write(map))
          .isTrue();
      assertThat(ConfigNode.of(JsonWriter.write(map))).isInstanceOf(ConfigNode.MapNode.class);
    }
  }

  private static boolean readBack(ConfigNode node) {
    return ConfigNode.sameValue(ConfigNode.of(YamlWriter.write(node)), node);
  }

  private static ConfigNode random(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> new ConfigNode.NullNode(Origin.at(Position.NOWHERE));
      case 1 -> scalar(new Scalar.Int(random.nextLong()));
      case 2 ->
          scalar(new Scalar.Decimal(random.nextGaussian() * Math.pow(10, random.nextInt(-20, 20))));
      case 3 -> scalar(new Scalar.Bool(random.nextBoolean()));
      case 4, 5 -> text(randomText(random));
      case 6 -> map(random, depth - 1);
      default -> {
        List<ConfigNode> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(random(random, depth - 1));
        }
        yield new ConfigNode.ListNode(Origin.at(Position.NOWHERE), items);
      }
    };
  }

  private static ConfigNode.MapNode map(Random random, int depth) {
    SequencedMap<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      entries.put(randomText(random), entry(random(random, depth)));
    }
    return new ConfigNode.MapNode(Origin.at(Position.NOWHERE), entries);
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    int[] chars = CHARS.codePoints().toArray();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.appendCodePoint(chars[random.nextInt(chars.length)]);
    }
    return text.toString();
  }

  private static ConfigNode.Entry entry(ConfigNode value) {
    return new ConfigNode.Entry(Position.NOWHERE, value);
  }

  private static ConfigNode text(String text) {
    return scalar(new Scalar.Text(text));
  }

  private static ConfigNode scalar(Scalar value) {
    return new ConfigNode.ScalarNode(Origin.at(Position.NOWHERE), value);
  }
}
