package dev.pharos.query.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantilesTest {
  @Test
  void interpolatesBetweenRanks() {
    assertThat(Quantiles.of(0.5, new double[] {4, 1, 3, 2}, 4)).isEqualTo(2.5);
    assertThat(Quantiles.of(0, new double[] {4, 1}, 2)).isEqualTo(1);
    assertThat(Quantiles.of(1, new double[] {4, 1}, 2)).isEqualTo(4);
    assertThat(Quantiles.of(-0.1, new double[] {4, 1}, 2)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Quantiles.of(1.1, new double[] {4, 1}, 2)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Quantiles.of(0.5, new double[0], 0)).isNaN();
  }

  @Test
  void selectsWhatSortingWouldFind() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      double[] values = new double[1 + random.nextInt(300)];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(20) == 0 ? Double.NaN : random.nextInt(1 + random.nextInt(100));
      }
      double phi = random.nextInt(101) / 100.0;
      double[] sorted = values.clone();
      // NaN stands first here, last in Java's order.
      Arrays.sort(sorted);
      int nans = (int) Arrays.stream(sorted).filter(Double::isNaN).count();
      double[] ranked = new double[sorted.length];
      Arrays.fill(ranked, 0, nans, Double.NaN);
      System.arraycopy(sorted, 0, ranked, nans, sorted.length - nans);
      double rank = phi * (ranked.length - 1);
      int lower = (int) Math.floor(rank);
      double weight = rank - lower;
      double expected =
          ranked[lower] * (1 - weight) + ranked[Math.min(ranked.length - 1, lower + 1)] * weight;
      assertThat(Quantiles.of(phi, values, values.length))
          .as("seed %d round %d", seed, round)
          .isEqualTo(Double.valueOf(expected));
    }
  }
}
