package dev.pharos.store.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowSetTest {
  @Test
  void holdsWhatWasAddedInAsFewRunsAsThereCanBe() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      var set = new RowSet();
      var expected = new BitSet();
      for (int i = 0; i < 12; i++) {
        int from = random.nextInt(60);
        int to = from + 1 + random.nextInt(6);
        set.add(from, to);
        expected.set(from, to);
      }
      for (int row = 0; row < 70; row++) {
        assertThat(set.contains(row))
            .as("seed " + seed + " row " + row)
            .isEqualTo(expected.get(row));
      }
      int[] runs = set.toArray();
      int at = 0;
      for (int i = 0; i < runs.length; i += 2) {
        assertThat(runs[i]).as("seed " + seed).isEqualTo(expected.nextSetBit(at));
        at = expected.nextClearBit(runs[i]);
        assertThat(runs[i + 1]).as("seed " + seed).isEqualTo(at);
      }
      assertThat(expected.nextSetBit(at)).as("seed " + seed).isEqualTo(-1);
    }
  }

  @Test
  void refusesNoRows() {
    assertThatThrownBy(() -> RowSet.of(3, 3)).hasMessageContaining("rows 3 to 3");
  }
}
