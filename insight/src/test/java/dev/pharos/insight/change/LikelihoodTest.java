package dev.pharos.insight.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LikelihoodTest {
  @Test
  void isZeroWhereBothSidesAreAlike() {
    assertThat(Likelihood.ofShares(5, 100, 50, 1000)).isCloseTo(0, within(1e-9));
    assertThat(Likelihood.ofCounts(new double[] {1, 2, 3}, new double[] {2, 4, 6}))
        .isCloseTo(0, within(1e-9));
    assertThat(Likelihood.ofRates(10, 5, 20, 10)).isCloseTo(0, within(1e-9));
  }

  @Test
  void equalsTheSumOverTheTable() {
    // 2 * sum of observed * ln(observed / expected), by hand for 10 of 100 beside 30 of 100.
    double expected =
        2
            * (10 * Math.log(0.5)
                + 30 * Math.log(1.5)
                + 90 * Math.log(90 / 80.0)
                + 70 * Math.log(70 / 80.0));

    assertThat(Likelihood.ofShares(10, 100, 30, 100)).isCloseTo(expected, within(1e-9));
    assertThat(Likelihood.ofCounts(new double[] {10, 90}, new double[] {30, 70}))
        .isCloseTo(expected, within(1e-9));
  }

  @Test
  void saysNothingOfASideWithoutCalls() {
    assertThat(Likelihood.ofShares(0, 0, 3, 10)).isZero();
    assertThat(Likelihood.ofCounts(new double[] {0, 0}, new double[] {3, 7})).isZero();
    assertThat(Likelihood.ofRates(0, 5, 0, 5)).isZero();
  }
}
