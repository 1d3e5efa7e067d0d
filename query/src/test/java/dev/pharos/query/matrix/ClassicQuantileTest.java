package dev.pharos.query.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassicQuantileTest {
  private static ClassicQuantile of(double... boundsAndCounts) {
    ClassicQuantile buckets = new ClassicQuantile();
    for (int i = 0; i < boundsAndCounts.length; i += 2) {
      buckets.add(boundsAndCounts[i], boundsAndCounts[i + 1]);
    }
    return buckets;
  }

  @Test
  void interpolatesInsideABucket() {
    ClassicQuantile buckets = of(Double.POSITIVE_INFINITY, 10, 1, 5, 2, 10);
    assertThat(buckets.prepare()).isTrue();
    assertThat(buckets.quantile(0.25, true)).isEqualTo(0.5);
    assertThat(buckets.quantile(0.75, true)).isEqualTo(1.5);
    assertThat(buckets.fraction(0, 1)).isEqualTo(0.5);
  }

  @Test
  void hasNothingToSayWithoutInfinityOrObservations() {
    assertThat(of(1, 5, 2, 10).prepare()).isFalse();
    assertThat(of(1, 0, Double.POSITIVE_INFINITY, 0).prepare()).isFalse();
    assertThat(of(Double.POSITIVE_INFINITY, 3).prepare()).isFalse();
  }

  @Test
  void forcesFallingCountsUpAndSaysSo() {
    ClassicQuantile buckets = of(1, 5, 2, 3, Double.POSITIVE_INFINITY, 10);
    assertThat(buckets.prepare()).isTrue();
    assertThat(buckets.forcedMonotonic()).isTrue();
    ClassicQuantile rounded = of(1, 5, 2, 5 - 1e-13, Double.POSITIVE_INFINITY, 10);
    rounded.prepare();
    assertThat(rounded.forcedMonotonic()).isFalse();
  }
}
