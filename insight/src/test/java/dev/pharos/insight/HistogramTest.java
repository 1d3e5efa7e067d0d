package dev.pharos.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pharos.store.read.Durations;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void hasNoQuantileWithoutDurations() {
    assertThat(new Histogram().quantile(0.95)).isEmpty();
  }

  @Test
  void putsQuantilesInsideTheBucketOfTheirRank() {
    var histogram = Histogram.of(new Durations(40, new long[] {90, 0, 0, 10}));

    assertThat(histogram.quantile(0.45).orElseThrow())
        .isCloseTo(Durations.upperBoundNanos(40) * Math.pow(2, -0.125), within(1e-6));
    assertThat(histogram.quantile(0.95).orElseThrow())
        .isBetween(Durations.upperBoundNanos(42), Durations.upperBoundNanos(43));
    assertThat(histogram.quantile(1).orElseThrow()).isEqualTo(Durations.upperBoundNanos(43));
  }

  @Test
  void addsUpWithinANinthOfTheTruth() {
    var histogram = Histogram.of(new Durations(81, new long[] {1000}));

    assertThat(histogram.sumNanos() / (1000 * (double) (1 << 20))).isBetween(0.84, 1.09);
  }

  @Test
  void countsZeroAsZero() {
    assertThat(Histogram.of(new Durations(0, new long[] {3})).quantile(0.5)).hasValue(0);
  }
}
