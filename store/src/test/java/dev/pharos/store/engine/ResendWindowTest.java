package dev.pharos.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.log.PowerCutDisk;
import dev.pharos.model.RequestKey;
import dev.pharos.observe.Account;
import dev.pharos.observe.Ledger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResendWindowTest {
  private static final long WINDOW = 600_000;

  private PowerCutDisk disk = new PowerCutDisk(1);

  private ResendWindow open(long windowMillis, long bytes) {
    Account account = new Ledger(bytes).open("resends", 1);
    return ResendWindow.open(disk, "resends", new Random(1), windowMillis, account);
  }

  private static long[] keys(long from, long to) {
    var keys = new long[(int) (2 * (to - from))];
    for (int i = 0; i < keys.length; i += 2) {
      keys[i] = from + i / 2;
      keys[i + 1] = (from + i / 2) * 0x9E3779B97F4A7C15L;
    }
    return keys;
  }

  private static boolean contains(ResendWindow window, long key) {
    return window.contains(key, key * 0x9E3779B97F4A7C15L);
  }

  @Test
  void forgetsKeysAfterTheWindowAndNotBefore() {
    try (ResendWindow window = open(WINDOW, 1 << 20)) {
      window.add(keys(1, 100), 1_000);
      window.persist(WINDOW);
      assertThat(contains(window, 50)).isTrue();
      window.persist(1_001 + WINDOW + WINDOW / 4);
      assertThat(contains(window, 50)).isFalse();
      assertThat(window.size()).isZero();
    }
  }

  @Test
  void persistedKeysSurviveAPowerCutThroughManyCompactions() {
    ResendWindow window = open(WINDOW, 64 << 20);
    for (int i = 0; i < 30; i++) {
      window.add(keys(i * 5000L + 1, i * 5000L + 5001), 1_000 + i);
      window.persist(1_000 + i);
      if (i % 10 == 9) {
        disk = disk.restart();
        window = open(WINDOW, 64 << 20);
        assertThat(window.size()).isEqualTo(5000 * (i + 1));
      }
    }
    assertThat(contains(window, 1)).isTrue();
    assertThat(contains(window, 149_999)).isTrue();
    assertThat(contains(window, 150_001)).isFalse();
    window.close();
  }

  @Test
  void dropsTheOldestKeysWhereItsAccountHasNoRoom() {
    try (ResendWindow window = open(WINDOW, 100_000)) {
      for (int i = 0; i < 4; i++) {
        window.add(keys(i * 2000L + 1, i * 2000L + 1001), 1 + i * WINDOW / 4);
      }
      assertThat(contains(window, 6500)).isTrue();
      assertThat(contains(window, 1)).isFalse();
      assertThat(window.evicted()).isPositive();
    }
  }

  @Test
  void zeroSwitchesItOff() {
    try (ResendWindow window = open(0, 1 << 20)) {
      window.add(keys(1, 10), 1);
      assertThat(window.isOff()).isTrue();
      assertThat(contains(window, 1)).isFalse();
    }
  }

  @Test
  void rowsOfRequestsInPartsSurviveAPowerCutAndLeaveWithTheWindow() {
    var key = new RequestKey(5, 6);
    ResendWindow window = open(WINDOW, 1 << 20);
    window.add(List.of(new RequestRows(key, RowSet.of(0, 4))), 1_000);
    window.persist(1_000);
    window.add(List.of(new RequestRows(key, RowSet.of(4, 6))), WINDOW / 2);
    window.add(List.of(new RequestRows(key, RowSet.of(9, 10))), WINDOW / 2);
    window.persist(WINDOW / 2);
    disk = disk.restart();
    window = open(WINDOW, 1 << 20);
    assertThat(window.rows(key).toArray()).containsExactly(0, 6, 9, 10);
    assertThat(window.contains(5, 6)).isFalse();
    assertThat(window.rows(new RequestKey(5, 7)).isEmpty()).isTrue();
    window.persist(1_001 + WINDOW + WINDOW / 4);
    assertThat(window.rows(key).toArray()).containsExactly(4, 6, 9, 10);
    window.close();
  }
}
