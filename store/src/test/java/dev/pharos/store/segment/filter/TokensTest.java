package dev.pharos.store.segment.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.store.segment.encoding.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean mayContain(String text, String needle) {
    var hashes = new Hashes();
    Tokens.ofText(bytes(text), 0, bytes(text).length, hashes);
    var out = new ByteSink(64);
    BlockedBloom.write(hashes, out);
    byte[] filter = Arrays.copyOf(out.bytes(), out.size());
    int buckets = BlockedBloom.buckets(filter.length);
    for (long hash : Tokens.ofNeedle(bytes(needle))) {
      int page = BlockedBloom.page(hash, buckets);
      if (!BlockedBloom.mayContain(hash, buckets, filter, page * BlockedBloom.PAGE_BYTES)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void neverRulesOutATextThatHasTheNeedle() {
    long seed = 77;
    var random = new SplittableRandom(seed);
    String letters = "abcdef0123456789-._/ :\"é";
    for (int round = 0; round < 5_000; round++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(120); n > 0; n--) {
        text.append(letters.charAt(random.nextInt(random.nextInt(3) == 0 ? letters.length() : 16)));
      }
      byte[] all = bytes(text.toString());
      int from = random.nextInt(all.length + 1);
      int to = from + random.nextInt(all.length - from + 1);
      var hashes = new Hashes();
      Tokens.ofText(all, 0, all.length, hashes);
      for (long hash : Tokens.ofNeedle(Arrays.copyOfRange(all, from, to))) {
        assertThat(Arrays.copyOf(hashes.values(), hashes.size()))
            .as("seed %d, text %s from %d to %d", seed, text, from, to)
            .contains(hash);
      }
    }
  }

  @Test
  void rulesOutLongNeedlesThoughTheyMayBeParts() {
    String line = "{\"user_id\":\"user-482910\",\"request_id\":\"8f14e45fceea167a\"}";
    assertThat(mayContain(line, "8f14e45fceea167a")).isTrue();
    assertThat(mayContain(line, "14e45fceea16")).isTrue();
    assertThat(mayContain(line, "8f14aa5f0eea10ff")).isFalse();
    assertThat(mayContain(line, "user-990011")).isFalse();
  }

  @Test
  void testsShortTokensOnlyInsideTheNeedle() {
    assertThat(mayContain("status 404 here", "tatus 40")).isTrue();
    assertThat(mayContain("status 404 here", " 405 ")).isFalse();
    assertThat(Tokens.ofNeedle(bytes("err"))).isEmpty();
  }

  @Test
  void findsEveryHashAndFewOthers() {
    var random = new SplittableRandom(5);
    var hashes = new Hashes();
    var in = new long[50_000];
    for (int i = 0; i < in.length; i++) {
      in[i] = Hashes.mix(random.nextLong(), i);
      hashes.add(in[i]);
    }
    var out = new ByteSink(64);
    BlockedBloom.write(hashes, out);
    int buckets = BlockedBloom.buckets(out.size());
    int wrong = 0;
    for (int i = 0; i < in.length; i++) {
      assertThat(probe(out, buckets, in[i])).isTrue();
      wrong += probe(out, buckets, Hashes.mix(random.nextLong(), -i)) ? 1 : 0;
    }
    assertThat(wrong / (double) in.length).isLessThan(0.02);
  }

  private static boolean probe(ByteSink filter, int buckets, long hash) {
    int page = BlockedBloom.page(hash, buckets) * BlockedBloom.PAGE_BYTES;
    return BlockedBloom.mayContain(hash, buckets, filter.bytes(), page);
  }
}
