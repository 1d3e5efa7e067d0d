package dev.pharos.insight.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TwoDigitsTest {
  @Test
  void placesNumbersWhereTheLeastOneOfTwoDigitsThatIsNotBelowThemStands() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      long bound = (long) Math.pow(10, 1 + random.nextInt(9));
      check(i < 120_000 ? i : random.nextLong(bound), seed);
    }
    check(TwoDigits.PLACED - 1, seed);
  }

  private static void check(long number, long seed) {
    int place = TwoDigits.place(number);
    assertThat(place).isBetween(0, TwoDigits.PLACES - 1);
    assertThat(TwoDigits.at(place))
        .as("place of %d, seed %d", number, seed)
        .isEqualTo(TwoDigits.notBelow(number));
  }
}
