package dev.pharos.query.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
  @Test
  void findsTheFirstAsSortingWould() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      int n = 1 + random.nextInt(200);
      double[] values =
          random.doubles(n).map(d -> d < 0.1 ? Double.NaN : Math.floor(d * 30)).toArray();
      boolean greatest = random.nextBoolean();
      int wanted = random.nextInt(n + 1);
      int[] indexes = IntStream.range(0, n).toArray();
      Ranking.first(indexes, n, wanted, values, greatest);
      Comparator<Integer> order =
          (a, b) ->
              Double.isNaN(values[a]) || Double.isNaN(values[b])
                  ? Boolean.compare(Double.isNaN(values[a]), Double.isNaN(values[b]))
                  : greatest
                      ? Double.compare(values[b], values[a])
                      : Double.compare(values[a], values[b]);
      List<Integer> expected = IntStream.range(0, n).boxed().sorted(order).limit(wanted).toList();
      assertThat(IntStream.of(indexes).limit(wanted).boxed().toList())
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }
}
