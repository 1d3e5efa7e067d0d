package dev.pharos.store.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowGroupsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 1000})
  void givesTheRowsOfTheGroupsThatAreWanted(int rows) {
    var random = new SplittableRandom(rows);
    var ofRows = new int[rows];
    for (int row = 0; row < rows; row++) {
      ofRows[row] = random.nextInt(5);
    }
    var groups = new RowGroups(ofRows, 6);
    byte[] wanted = {0, 1, 0, 2, 0, 1};
    long[] bits = groups.rowsOf(wanted);
    var sizes = new int[6];
    for (int row = 0; row < rows; row++) {
      boolean has = (bits[row >> 6] >>> row & 1) != 0;
      assertThat(has).as("row %d of group %d", row, ofRows[row]).isEqualTo(wanted[ofRows[row]] > 0);
      sizes[ofRows[row]]++;
    }
    assertThat(groups.sizes()).isEqualTo(sizes);
  }
}
