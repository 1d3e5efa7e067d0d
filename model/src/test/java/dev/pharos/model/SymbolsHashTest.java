package dev.pharos.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolsHashTest {
  @Test
  void hardlyAnyTwoTextsShareAHash() {
    for (String form :
        List.of(
            "user-%d",
            "%d", "/api/v1/items/%d", "%08d-abcdefgh", "abcdefgh-%08d-xyz", "u%06dxxxxxxxx")) {
      var hashes = new HashSet<Integer>();
      for (int i = 0; i < 50_000; i++) {
        byte[] text = form.formatted(i).getBytes(StandardCharsets.UTF_8);
        hashes.add(Symbols.hash(text, 0, text.length));
      }
      assertThat(hashes).as(form).hasSizeGreaterThan(49_900);
    }
  }

  /// Flipping the top bit of a factor flips the top bit of a product with any odd constant, so a hash that multiplies
  /// by constants lets such pairs of blocks cancel each other out: 2^k texts with one hash from k pairs.
  @Test
  void textsMadeToCollideDoNot() {
    long[] flips = {0, 1L << 63};
    long[] answers = {0, 1L << 63 ^ 1L << 31, 1L << 63, 1L << 31};
    for (long answer : answers) {
      var hashes = new HashSet<Integer>();
      int pairs = 12;
      for (int choice = 0; choice < 1 << pairs; choice++) {
        ByteBuffer text = ByteBuffer.allocate(16 * pairs).order(ByteOrder.LITTLE_ENDIAN);
        for (int pair = 0; pair < pairs; pair++) {
          int bit = choice >> pair & 1;
          text.putLong(0x6161616161616161L ^ flips[bit]);
          text.putLong(0x6262626262626262L ^ (bit == 0 ? 0 : answer));
        }
        hashes.add(Symbols.hash(text.array(), 0, text.capacity()));
      }
      assertThat(hashes).as("%x", answer).hasSizeGreaterThan((1 << pairs) - 16);
    }
  }

  @Test
  void everyByteCountsAtEveryLength() {
    for (int length = 1; length < 70; length++) {
      byte[] text = new byte[length];
      int plain = Symbols.hash(text, 0, length);
      for (int at = 0; at < length; at++) {
        text[at] = 1;
        assertThat(Symbols.hash(text, 0, length)).as("%d of %d", at, length).isNotEqualTo(plain);
        text[at] = 0;
      }
    }
  }
}
