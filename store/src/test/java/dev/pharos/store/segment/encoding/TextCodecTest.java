package dev.pharos.store.segment.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.model.Symbols;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
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
    var random = new SplittableRandom(ids.length);
    int[] some = IntStream.range(0, ids.length).filter(i -> random.nextInt(5) == 0).toArray();
    var quick = new ByteSink(16);
    QuickCodec.encode(Texts.of(symbols, ids, ids.length), quick);
    for (ByteSink encoded : List.of(out, quick)) {
      Symbols picked =
          TextCodec.prepare(new ByteSource(encoded.bytes(), 0, encoded.size()), ids.length)
              .of(some);
      assertThat(picked.count()).isEqualTo(some.length + 1);
      for (int row : some) {
        assertThat(has(encoded, ids.length, texts.get(row))).isTrue();
      }
      for (int i = 0; i < some.length; i++) {
        assertThat(picked.same(i + 1, texts.get(some[i])))
            .as("text %d of %d", some[i], ids.length)
            .isTrue();
      }
    }
    return out.size();
  }

  private static boolean has(ByteSink encoded, int count, byte[] text) {
    return TextCodec.mayHave(new ByteSource(encoded.bytes(), 0, encoded.size()), count, text);
  }

  @Test
  void tellsOfPrefixedTextsWhichAreNotThere() {
    List<String> texts = List.of("user-1", "user-17", "user-17", "us", "user-2", "", "user-2/x");
    var symbols = new Symbols();
    int[] ids = texts.stream().mapToInt(symbols::intern).toArray();
    var quick = new ByteSink(16);
    QuickCodec.encode(Texts.of(symbols, ids, ids.length), quick);
    for (String text : texts) {
      assertThat(has(quick, ids.length, utf8(text))).as(text).isTrue();
    }
    for (String text : List.of("user-", "user-7", "user-1x", "u", "ser-1", "user-2/", "user-27")) {
      assertThat(has(quick, ids.length, utf8(text))).as(text).isFalse();
    }
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

  @Test
  void keepsHostileLists() {
    roundTrip(List.of());
    var random = new SplittableRandom(5);
    var empty = new ArrayList<byte[]>();
    var shapes = new ArrayList<byte[]>();
    var raw = new ArrayList<byte[]>();
    var equal = new ArrayList<byte[]>();
    for (int i = 0; i < 8192; i++) {
      empty.add(utf8(i % 3 == 0 ? "" : " "));
      shapes.add(utf8("a" + " ".repeat(i % 90) + "b" + "/".repeat(i / 90) + i));
      var bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      raw.add(bytes);
      equal.add(utf8("the same " + (i < 4000 ? "text" : "texts")));
    }
    roundTrip(empty);
    roundTrip(shapes);
    roundTrip(raw);
    assertThat(roundTrip(equal)).isLessThan(1200);
  }

  @Test
  void keepsTextsOfAMegabyteAmongShortOnes() {
    var texts = new ArrayList<byte[]>();
    for (int i = 0; i < 300; i++) {
      texts.add(
          utf8(
              switch (i % 100) {
                case 50 -> "x=" + "1".repeat(1 << 20) + " y=" + i;
                case 51 -> "x=" + "1 ".repeat(1 << 19) + " y=" + i;
                case 52 -> "w".repeat(1 << 20);
                default -> "x=" + i + " y=" + "z".repeat(i);
              }));
    }
    assertThat(roundTrip(texts)).isLessThan(100_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7, 8})
  void keepsListsWhoseShapesChangeFromBlockToBlock(long seed) {
    var random = new SplittableRandom(seed);
    var encoder = new TextEncoder();
    for (int block = 0; block < 24; block++) {
      var texts = new ArrayList<byte[]>();
      for (int i = 0; i < 200 + random.nextInt(800); i++) {
        texts.add(
            utf8(
                switch (random.nextInt(4)) {
                  case 0 -> "user-" + random.nextInt(1 << random.nextInt(1, 30)) + " logged in";
                  case 1 -> "GET /" + (block < 12 ? "fixed" : "other" + i) + " " + random.nextInt();
                  case 2 ->
                      "id=" + Long.toHexString(random.nextLong() | Long.MIN_VALUE) + " é" + block;
                  default -> "x".repeat(random.nextInt(3)) + "," + i % (block + 1) + ".." + block;
                }));
      }
      encodeBlock(encoder, texts, "seed " + seed + " block " + block);
    }
  }

  private static void encodeBlock(TextEncoder encoder, List<byte[]> texts, String what) {
    var symbols = new Symbols(16, 16);
    var ids = new int[texts.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = symbols.add(texts.get(i), 0, texts.get(i).length);
    }
    Texts list = Texts.of(symbols, ids, ids.length);
    var out = new ByteSink(16);
    encoder.encode(list, out);
    Symbols decoded = TextCodec.decode(new ByteSource(out.bytes(), 0, out.size()), ids.length);
    var expected = new TreeSet<String>();
    for (int i = 0; i < ids.length; i++) {
      assertThat(decoded.same(i + 1, texts.get(i))).as("%s text %d", what, i).isTrue();
      collect(texts.get(i), 0, texts.get(i).length, expected);
    }
    var visited = new TreeSet<String>();
    encoder.visitTokens(list, new Collected(visited));
    assertThat(visited).as(what).isEqualTo(expected);
  }

  private static boolean isTokenByte(int c) {
    return c < 0 || c >= 128 || Character.isLetterOrDigit(c) || "_-.".indexOf(c) >= 0;
  }

  private static void collect(byte[] bytes, int from, int to, TreeSet<String> into) {
    int start = from;
    for (int at = from; at <= to; at++) {
      if (at == to || !isTokenByte(bytes[at])) {
        if (at > start) {
          into.add(new String(bytes, start, at - start, StandardCharsets.UTF_8));
        }
        start = at + 1;
      }
    }
  }

  private record Collected(TreeSet<String> tokens) implements TokenVisitor {
    @Override
    public boolean isToken(int c) {
      return isTokenByte(c);
    }

    @Override
    public void token(byte[] bytes, int from, int to) {
      tokens.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    @Override
    public void text(byte[] bytes, int from, int to) {
      collect(bytes, from, to, tokens);
    }
  }
}
