package dev.pharos.query.regex;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void findsTheFirstPlaceAsASearchByteByByteDoes() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = random(random, random.nextInt(60));
      byte[] needle = random(random, random.nextInt(5));
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length + 1 - from);
      assertThat(Bytes.indexOf(bytes, from, to, needle))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(plain(bytes, from, to, needle));
    }
  }

  /// Few different bytes, with such as carry into their neighbours when ones are taken off.
  private static byte[] random(Random random, int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = new byte[] {'a', 'b', 'a' ^ 1, 0, -1, (byte) 0x80}[random.nextInt(6)];
    }
    return bytes;
  }

  private static int plain(byte[] bytes, int from, int to, byte[] needle) {
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(new String(needle, StandardCharsets.ISO_8859_1));
    return at < 0 ? -1 : from + at;
  }
}
