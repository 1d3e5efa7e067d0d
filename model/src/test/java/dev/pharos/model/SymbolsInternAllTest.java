package dev.pharos.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SymbolsInternAllTest {
  @Test
  void givesTheIdsThatInterningOneByOneGives() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var together = new Symbols(0, 0);
    var single = new Symbols(0, 0);
    for (int round = 0; round < 200; round++) {
      var other = new Symbols(0, 0);
      var ids = new int[random.nextInt(60)];
      for (int i = 0; i < ids.length; i++) {
        String text = "t".repeat(random.nextInt(20)) + random.nextInt(300);
        byte[] utf8 =
            (random.nextInt(10) == 0 ? "" : text).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        ids[i] = other.add(utf8, 0, utf8.length);
      }
      var expected = new int[ids.length];
      for (int i = 0; i < ids.length; i++) {
        expected[i] = single.intern(other, ids[i]);
      }
      together.internAll(other, ids, ids.length);
      assertThat(ids).as("seed %d, round %d", seed, round).isEqualTo(expected);
    }
    assertThat(together.count()).isEqualTo(single.count());
  }
}
