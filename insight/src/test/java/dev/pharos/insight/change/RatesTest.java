package dev.pharos.insight.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTest {
  private static final int RUNS = Integer.getInteger("pharos.insight.runs", 1_000);
  private static final long STEP = 10_000_000_000L;

  /// Counts around a mean that wanders, in bursts.
  private static long[] calls(long seed, int columns, double perColumn) {
    var random = new SplittableRandom(seed);
    var calls = new long[columns];
    double wander = 1;
    for (int i = 0; i < columns; i++) {
      wander = Math.clamp(wander + random.nextGaussian() * 0.05, 0.7, 1.4);
      double burst = random.nextInt(20) == 0 ? 1.6 : 1;
      double mean = perColumn * wander * burst;
      calls[i] = Math.max(0, Math.round(mean + 1.5 * Math.sqrt(mean) * random.nextGaussian()));
    }
    return calls;
  }

  private static void scale(long[] calls, int from, int to, double factor) {
    for (int i = from; i < to; i++) {
      calls[i] = Math.round(calls[i] * factor);
    }
  }

  private static Rates rates(long[] calls) {
    return Rates.of(calls, 0, calls.length, STEP);
  }

  @Test
  void tellsNoStepAndNoFallOfCallsThatWander() {
    int told = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Rates rates = rates(calls(seed, 20 + seed % 340, 5 + seed % 300));
      told += rates.steps().isEmpty() && rates.fall(0.5).isEmpty() ? 0 : 1;
    }

    assertThat(told).as("of %d", RUNS).isLessThanOrEqualTo(RUNS / 500);
  }

  @ParameterizedTest
  @CsvSource({"30, 0.25", "100, 0.35", "400, 0.1", "400, 0"})
  void tellsAFallAndSinceWhen(double perColumn, double factor) {
    int found = 0;
    for (int seed = 0; seed < 20; seed++) {
      long[] calls = calls(seed, 60, perColumn);
      scale(calls, 48, 60, factor);
      Optional<Rates.Step> fall = rates(calls).fall(0.55);
      if (fall.isPresent() && Math.abs(fall.get().after().from() - 48) <= 1) {
        found++;
        assertThat(fall.get().ratio()).as("seed %d", seed).isCloseTo(factor, within(0.25));
        assertThat(fall.get().after().calls())
            .isEqualTo(Arrays.stream(calls, fall.get().after().from(), 60).sum());
      }
    }

    assertThat(found).as("of 20").isGreaterThanOrEqualTo(18);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2.8, 0.3})
  void tellsAStepOnceAndNotWhatGoesBack(double factor) {
    for (int seed = 0; seed < 20; seed++) {
      long[] calls = calls(seed, 120, 100);
      scale(calls, 40, 80, factor);

      assertThat(rates(calls).steps()).as("seed %d", seed).hasSize(1);
      assertThat(rates(calls).steps().getFirst().after().from()).isBetween(39, 41);
    }
  }

  @Test
  void takesNoGapOfHalfAMinuteForALevel() {
    long[] calls = calls(1, 60, 100);
    scale(calls, 30, 33, 0);
    scale(calls, 57, 60, 0);

    assertThat(rates(calls).steps()).isEmpty();
    assertThat(rates(calls).fall(0.5)).isEmpty();
  }

  @Test
  void takesTheEndOfABurstForNoFall() {
    long[] calls = calls(2, 120, 20);
    scale(calls, 40, 100, 10);

    assertThat(rates(calls).fall(0.5)).isEmpty();
  }

  @Test
  void knowsNothingOfFewCalls() {
    var calls = new long[60];
    for (int i = 0; i < 40; i += 2) {
      calls[i] = 1;
    }

    assertThat(rates(calls).steps()).isEmpty();
    assertThat(rates(calls).fall(0.5)).isEmpty();
    assertThat(Rates.of(new long[0], 0, 0, STEP).fall(1)).isEmpty();
  }
}
