package dev.pharos.query.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KahanSumTest {
  private static double sum(double... values) {
    KahanSum sum = new KahanSum();
    for (double value : values) {
      sum.add(value);
    }
    return sum.value();
  }

  @Test
  void keepsWhatPlainAdditionLoses() {
    assertThat(sum(1, 1e100, 1, -1e100)).isEqualTo(2);
    assertThat(sum(5e30, 3, -5e30)).isEqualTo(3);
  }

  @Test
  void staysInfinite() {
    assertThat(sum(Double.MAX_VALUE, Double.MAX_VALUE, 1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(sum(1, Double.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(sum(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)).isNaN();
  }
}
