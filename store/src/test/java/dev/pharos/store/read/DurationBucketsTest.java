package dev.pharos.store.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DurationBucketsTest {
  @Test
  void boundsBelongToTheBucketBelow() {
    assertThat(DurationBuckets.of(-5)).isZero();
    assertThat(DurationBuckets.of(0)).isZero();
    assertThat(DurationBuckets.of(1)).isEqualTo(1);
    assertThat(DurationBuckets.of(2)).isEqualTo(5);
    assertThat(DurationBuckets.of(3)).as("2^1.5 is less").isEqualTo(8);
    assertThat(DurationBuckets.of(4)).isEqualTo(9);
    assertThat(DurationBuckets.of(1L << 40)).isEqualTo(161);
    assertThat(DurationBuckets.of((1L << 40) + 1)).isEqualTo(162);
    assertThat(DurationBuckets.of(Long.MAX_VALUE)).isEqualTo(253).isLessThan(DurationBuckets.COUNT);
  }

  @Test
  void everyDurationLiesBetweenTheBoundsOfItsBucket() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      long nanos = random.nextLong() >>> 1 + random.nextInt(62);
      int bucket = DurationBuckets.of(nanos);
      if (nanos > 0) {
        assertThat((double) nanos)
            .as("seed %d, %d", seed, nanos)
            .isLessThanOrEqualTo(Durations.upperBoundNanos(bucket) * (1 + 1e-12));
        if (bucket > 1) {
          assertThat((double) nanos)
              .as("seed %d, %d", seed, nanos)
              .isGreaterThan(Durations.upperBoundNanos(bucket - 1) * (1 - 1e-12));
        }
      }
    }
  }
}
