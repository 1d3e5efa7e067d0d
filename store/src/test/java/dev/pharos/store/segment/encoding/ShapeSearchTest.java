package dev.pharos.store.segment.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Symbols;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ShapeSearchTest {
  private static final String DELIMITERS = "[\\x00-\\x20\":,{}\\[\\]=\\\\]";
  private static final String[] VALUES = {
    "500", "0500", "5", "GET", "checkout-7", "a1b2c3d4e5", "deadbeef", "10.5", "é", "x_500"
  };

  @Test
  void missesNoTextThatHasTheValue() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      List<String> texts = texts(random, 192 + random.nextInt(300));
      TextCodec.Prepared prepared = prepared(texts);
      for (String value : VALUES) {
        var found = new BitSet();
        prepared.having(value.getBytes(StandardCharsets.UTF_8), found);
        var having =
            Pattern.compile(
                "(^|" + DELIMITERS + ")" + Pattern.quote(value) + "($|" + DELIMITERS + ")");
        Symbols some = prepared.of(found);
        for (int i = 0; i < texts.size(); i++) {
          String text = texts.get(i);
          boolean may = having.matcher(text).find() || text.indexOf('\\') >= 0;
          assertThat(found.get(i) || !may)
              .as("seed %d, round %d: %s in %s", seed, round, value, text)
              .isTrue();
          if (found.get(i)) {
            assertThat(some.text(i + 1)).isEqualTo(text);
          }
        }
      }
    }
  }

  @Test
  void leavesOutTextsWithAnotherValueAtThePlace() {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 1_000; i++) {
      texts.add("{\"took\":" + (i * 7919L + 500_000) + ",\"status\":" + (200 + i % 4 * 100) + "}");
    }
    var found = new BitSet();
    prepared(texts).having("500".getBytes(StandardCharsets.UTF_8), found);
    assertThat(found.cardinality()).isEqualTo(250);
  }

  private static TextCodec.Prepared prepared(List<String> texts) {
    var symbols = new Symbols();
    var ids = new int[texts.size()];
    for (int i = 0; i < ids.length; i++) {
      byte[] text = texts.get(i).getBytes(StandardCharsets.UTF_8);
      ids[i] = symbols.add(text, 0, text.length);
    }
    var out = new ByteSink(16);
    TextCodec.encode(Texts.of(symbols, ids, ids.length), out);
    return TextCodec.prepare(new ByteSource(out.bytes(), 0, out.size()), ids.length);
  }

  /// Texts of few shapes, with values in words, in numbers and between other bytes.
  private static List<String> texts(Random random, int count) {
    var texts = new ArrayList<String>();
    int shapes = 1 + random.nextInt(3);
    for (int n = 0; n < count; n++) {
      var shape = new Random(shapes * 31L + random.nextInt(shapes));
      var text = new StringBuilder();
      for (int words = 1 + shape.nextInt(7); words > 0; words--) {
        text.append(pick(shape, " ", "\"", "\":", ",", "=", "-", ".", "/", "x", "5"));
        boolean fixed = shape.nextInt(3) == 0;
        String value = pick(fixed ? shape : random, VALUES);
        text.append(
            switch (fixed ? 0 : random.nextInt(4)) {
              case 0 -> value;
              case 1 -> Integer.toString(random.nextInt(600));
              case 2 -> Integer.toHexString(random.nextInt() | 0x80000000);
              default -> random.nextInt(40) == 0 ? "\\u0035" : "w" + random.nextInt(5);
            });
        text.append(pick(shape, "", "\"", " ", "}", "-", "0"));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
