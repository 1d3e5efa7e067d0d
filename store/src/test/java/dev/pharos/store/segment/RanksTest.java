package dev.pharos.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RanksTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 64, 65, 1000})
  void countsThePlacesBelowEach(int places) {
    var random = new SplittableRandom(places);
    long[] bits = Ranks.room(places);
    var below = new int[places + 1];
    for (int place = 0; place < places; place++) {
      boolean has = random.nextBoolean();
      bits[place >> 6] |= has ? 1L << place : 0;
      below[place + 1] = below[place] + (has ? 1 : 0);
    }
    var ranks = new Ranks(bits);
    assertThat(ranks.count()).isEqualTo(below[places]);
    for (int place = 0; place < places; place++) {
      assertThat(ranks.below(place)).as("below %d", place).isEqualTo(below[place]);
    }
  }
}
