package dev.pharos.store.segment.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Symbols;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCodecTest {
  private static int roundTrip(List<byte[]> texts) {
    var symbols = new Symbols();
    var ids = new int[texts.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = symbols.add(texts.get(i), 0, texts.get(i).length);
    }
    var out = new ByteSink(16);
    TextCodec.encode(Texts.of(symbols, ids, ids.length), out);
    Symbols decoded = TextCodec.decode(new ByteSource(out.bytes(), 0, out.size()), ids.length);
    for (int i = 0; i < ids.length; i++) {
      int id = i + 1;
      byte[] text = texts.get(i);
      assertThat(decoded.same(id, text))
          .as("text %d: %s, got %s", i, new String(text, StandardCharsets.UTF_8), decoded.text(id))
          .isTrue();
    }
    return out.size();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void givesBackAnyBytes(long seed) {
    var random = new SplittableRandom(seed);
    String[] words = {
      "GET",
      "007",
      "12",
      "0",
      "a1b2c3d4",
      "deadbeef00",
      "x",
      "99999999999999999999",
      "",
      "é",
      "T5Z",
      "05"
    };
    String[] between = {" ", "/", "=", ": ", "\"", ""};
    for (int round = 0; round < 60; round++) {
      var texts = new ArrayList<byte[]>();
      int shapes = random.nextInt(1, 4);
      for (int n = random.nextInt(400); n > 0; n--) {
        var shape = new SplittableRandom(seed * 1000 + round * 10L + random.nextInt(shapes));
        var text = new StringBuilder();
        for (int w = shape.nextInt(8); w > 0; w--) {
          text.append(between[shape.nextInt(between.length)]);
          text.append(
              random.nextBoolean()
                  ? words[random.nextInt(words.length)]
                  : words[shape.nextInt(words.length)]);
        }
        byte[] bytes = utf8(text.toString());
        if (random.nextInt(50) == 0) {
          random.nextBytes(bytes);
        }
        texts.add(bytes);
      }
      roundTrip(texts);
    }
  }

  @Test
  void splitsRegularTextsIntoColumns() {
    var random = new SplittableRandom(4);
    var texts = new ArrayList<byte[]>();
    for (int i = 0; i < 4000; i++) {
      texts.add(
          utf8(
              "2026-11-21T10:00:00."
                  + String.format("%06d", random.nextInt(1_000_000))
                  + "Z GET /cart/"
                  + random.nextInt(1000)
                  + " took "
                  + random.nextInt(100)
                  + " ms"));
    }
    assertThat(roundTrip(texts) / 4000.0).isLessThan(5.5);
  }

  @Test
  void keepsLeadingZerosAndUpperCaseDigits() {
    var texts = new ArrayList<byte[]>();
    for (int i = 0; i < 100; i++) {
      texts.add(
          utf8(
              "n="
                  + (i % 2 == 0 ? "00" : "")
                  + i
                  + " h="
                  + (i % 3 == 0 ? "DEADBEEF" : "deadbeef")
                  + " e=000"));
    }
    roundTrip(texts);
  }
}
