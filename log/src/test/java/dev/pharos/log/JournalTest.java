package dev.pharos.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final String FIRST = "manifest.0000000000000001";

  private Disk disk;

  @BeforeEach
  void openDisk() {
    disk = new PowerCutDisk(1);
  }

  @Test
  void replaysSnapshotThenEditsInOrder() {
    try (Journal journal = open(new ArrayList<>())) {
      assertThat(journal.isNew()).isTrue();
      journal.compact(bytes("one"));
      journal.append(bytes("two"), false);
      journal.append(bytes(""), true);
      journal.append(bytes("four"), true);
    }
    assertThat(state()).containsExactly("S:one", "E:two", "E:", "E:four");
  }

  @Test
  void forgetsTheOldStateAfterCompaction() {
    try (Journal journal = open(new ArrayList<>())) {
      journal.compact(bytes("old"));
      journal.append(bytes("edit"), true);
      journal.compact(bytes("new"));
      journal.append(bytes("later"), true);
      assertThat(journal.editBytes()).isEqualTo(56);
    }
    assertThat(state()).containsExactly("S:new", "E:later");
    assertThat(disk.files("")).containsExactly("manifest.0000000000000002");
  }

  @Test
  void refusesAnEditBeforeTheFirstSnapshot() {
    try (Journal journal = open(new ArrayList<>())) {
      assertThatThrownBy(() -> journal.append(bytes("edit"), true))
          .isInstanceOf(DiskException.class)
          .hasMessageContaining("expected: compact first");
    }
  }

  @Test
  void cutsATornLastEdit() {
    writeThreeEdits();
    try (DiskFile file = disk.open(FIRST)) {
      file.truncate(file.size() - 8);
    }
    assertThat(state()).containsExactly("S:snap", "E:a", "E:b");
    assertThat(disk.size(FIRST)).isEqualTo(56 * 3);
  }

  @Test
  void namesFileAndOffsetOfDamageInTheMiddle() {
    writeThreeEdits();
    flip(FIRST, 56 + 48);
    assertThatThrownBy(this::state)
        .isInstanceOf(DamagedJournalException.class)
        .hasMessageContaining(FIRST + ": damaged edit at offset 56");
  }

  @Test
  void namesADamagedSnapshot() {
    writeThreeEdits();
    flip(FIRST, 49);
    assertThatThrownBy(this::state)
        .isInstanceOf(DamagedJournalException.class)
        .hasMessageContaining(FIRST + ": damaged snapshot at offset 0");
  }

  @Test
  void noFlippedBitChangesWhatIsRead() {
    writeThreeEdits();
    for (int bit = 0; bit < 8 * 56 * 4; bit++) {
      byte[] bytes = disk.readAll(FIRST);
      try {
        flipBit(FIRST, bit);
        List<String> state = state();
        assertThat(List.of("S:snap", "E:a", "E:b", "E:c").subList(0, state.size()))
            .as("bit %d", bit)
            .isEqualTo(state);
        assertThat(state).as("bit %d", bit).hasSizeGreaterThanOrEqualTo(3);
      } catch (DamagedJournalException e) {
        assertThat(e).hasMessageContaining("offset " + bit / 8 / 56 * 56);
      }
      overwrite(bytes);
    }
  }

  @Test
  void neverShowsWhatWasNotWrittenWhateverTheFileHolds() {
    writeThreeEdits();
    byte[] good = disk.readAll(FIRST);
    int shown = 0;
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes =
          Arrays.copyOf(good, random.nextBoolean() ? good.length : random.nextInt(good.length));
      for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
        int at = random.nextInt(bytes.length) & -8;
        int from = random.nextInt(good.length) & -8;
        int length = Math.min(Math.min(bytes.length - at, good.length - from), random.nextInt(120));
        System.arraycopy(
            random.nextBoolean() ? good : new byte[good.length], from, bytes, at, length);
      }
      overwrite(bytes);
      try {
        List<String> state = state();
        assertThat(List.of("S:snap", "E:a", "E:b", "E:c").subList(0, state.size()))
            .as("seed %d", seed)
            .isEqualTo(state);
        shown++;
      } catch (DamagedJournalException e) {
        assertThat(e).hasMessageContaining(FIRST);
      }
    }
    assertThat(shown).isBetween(500, 2_900);
  }

  @Test
  void takesEditsAgainAfterAFullDisk() {
    PowerCutDisk full = new PowerCutDisk(2);
    disk = full;
    try (Journal journal = open(new ArrayList<>())) {
      journal.compact(bytes("snap"));
      journal.append(bytes("a"), false);
      full.capacityBytes(full.usedBytes() + 20);
      assertThatThrownBy(() -> journal.append(bytes("b"), true))
          .isInstanceOf(DiskFullException.class);
      assertThatThrownBy(() -> journal.compact(bytes("x"))).isInstanceOf(DiskFullException.class);
      full.capacityBytes(Long.MAX_VALUE);
      journal.append(bytes("c"), true);
    }
    disk = full.restart();
    assertThat(state()).containsExactly("S:snap", "E:a", "E:c");
  }

  @Test
  void takesNoEditAfterAFailedForceUntilItIsCompacted() {
    PowerCutDisk failing = new PowerCutDisk(2);
    disk = failing;
    Journal journal = open(new ArrayList<>());
    journal.compact(bytes("snap"));
    failing.onForce((site, name) -> ForceHook.Outcome.FAIL);
    assertThatThrownBy(() -> journal.append(bytes("a"), true)).isInstanceOf(DiskException.class);
    failing.onForce((site, name) -> ForceHook.Outcome.PROCEED);
    assertThatThrownBy(() -> journal.append(bytes("b"), true))
        .hasMessageContaining("sealed by an earlier failure");
    journal.compact(bytes("again"));
    journal.append(bytes("c"), true);
    disk = failing.restart();
    assertThat(state()).containsExactly("S:again", "E:c");
  }

  private void overwrite(byte[] bytes) {
    disk.delete(FIRST);
    try (DiskFile file = disk.create(FIRST)) {
      file.write(ByteBuffer.wrap(bytes), 0);
    }
  }

  private void writeThreeEdits() {
    try (Journal journal = open(new ArrayList<>())) {
      journal.compact(bytes("snap"));
      journal.append(bytes("a"), true);
      journal.append(bytes("b"), true);
      journal.append(bytes("c"), true);
    }
  }

  private void flip(String name, int offset) {
    flipBit(name, offset * 8);
  }

  private void flipBit(String name, int bit) {
    byte[] bytes = disk.readAll(name);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    try (DiskFile file = disk.open(name)) {
      file.write(ByteBuffer.wrap(bytes), 0);
    }
  }

  private List<String> state() {
    List<String> state = new ArrayList<>();
    open(state).close();
    return state;
  }

  private Journal open(List<String> state) {
    return Journal.open(
        disk,
        "manifest",
        new Random(1),
        new JournalReader() {
          @Override
          public void snapshot(ByteBuffer bytes) {
            state.add("S:" + text(bytes));
          }

          @Override
          public void edit(ByteBuffer bytes) {
            state.add("E:" + text(bytes));
          }
        });
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
