package dev.pharos.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PowerCutDiskTest extends DiskContract {
  @Override
  protected Disk emptyDisk() {
    return new PowerCutDisk(1);
  }

  @Test
  void keepsWhatWasForcedAndAnyPartOfTheRest() {
    Set<String> outcomes = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      PowerCutDisk disk = new PowerCutDisk(seed);
      DiskFile file = create(disk, "f", 1);
      file.force(SITE);
      disk.forceDirectory("", SITE);
      file.write(filled(2, 1024), 0);
      byte[] found = disk.restart().readAll("f");
      assertThat(found).hasSize(1024);
      outcomes.add(found[0] + " " + found[512]);
      assertThat(found[511]).isEqualTo(found[0]);
    }
    assertThat(outcomes).containsExactlyInAnyOrder("1 1", "1 2", "2 1", "2 2");
  }

  @Test
  void keepsAnyLengthOfAFileThatWasNotForced() {
    Set<Integer> lengths = new HashSet<>();
    Set<Byte> contents = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      PowerCutDisk disk = new PowerCutDisk(seed);
      create(disk, "f", 1);
      disk.forceDirectory("", SITE);
      byte[] found = disk.restart().readAll("f");
      lengths.add(found.length);
      for (byte b : found) {
        contents.add(b);
      }
    }
    assertThat(lengths).contains(0, 1024).hasSizeGreaterThan(10);
    assertThat(contents).containsExactlyInAnyOrder((byte) 0, (byte) 1);
  }

  @Test
  void losesNamesThatWereNotForced() {
    Set<String> outcomes = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      PowerCutDisk disk = new PowerCutDisk(seed);
      create(disk, "a", 1).force(SITE);
      disk.forceDirectory("", SITE);
      disk.rename("a", "b");
      disk.createDirectory("dir");
      create(disk, "dir/c", 1).force(SITE);
      disk.forceDirectory("dir", SITE);
      PowerCutDisk found = disk.restart();
      outcomes.add(found.files("") + " " + found.directories("") + " " + found.files("dir"));
    }
    assertThat(outcomes)
        .containsExactlyInAnyOrder("[a] [] []", "[b] [] []", "[a] [dir] [c]", "[b] [dir] [c]");
  }

  @Test
  void keepsEverythingWhenOnlyTheProcessEnds() {
    PowerCutDisk disk = new PowerCutDisk(1);
    create(disk, "f", 1);
    PowerCutDisk found = disk.kill();
    assertThat(found.readAll("f")).isEqualTo(filled(1, 1024).array());
    assertThatThrownBy(() -> disk.exists("f")).isInstanceOf(PowerCut.class);
  }

  @Test
  void doesNotTakeAKillForAForce() {
    Set<Boolean> survived = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      PowerCutDisk disk = new PowerCutDisk(seed);
      create(disk, "f", 1);
      survived.add(disk.kill().restart().exists("f"));
    }
    assertThat(survived).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void goesDarkAtTheChosenOperation() {
    PowerCutDisk disk = new PowerCutDisk(1);
    disk.cutAt(3);
    DiskFile file = create(disk, "f", 1);
    assertThat(disk.operations()).isEqualTo(2);
    assertThatThrownBy(() -> file.force(SITE)).isInstanceOf(PowerCut.class);
    assertThatThrownBy(() -> disk.files("")).isInstanceOf(PowerCut.class);
    assertThatThrownBy(file::size).isInstanceOf(PowerCut.class);
  }

  @Test
  void leavesOutTheForcesOfOneSite() {
    boolean lost = false;
    for (int seed = 0; seed < 100; seed++) {
      PowerCutDisk disk = new PowerCutDisk(seed);
      disk.ignore(SITE);
      create(disk, "f", 1).force(SITE);
      disk.forceDirectory("", new ForceSite("other"));
      lost |= !Arrays.equals(disk.restart().readAll("f"), filled(1, 1024).array());
      assertThat(disk.sites()).containsExactlyInAnyOrder(SITE, new ForceSite("other"));
    }
    assertThat(lost).isTrue();
  }

  @Test
  void neverMakesDurableWhatAFailedForceLeft() {
    boolean lost = false;
    for (int seed = 0; seed < 100; seed++) {
      PowerCutDisk disk = new PowerCutDisk(seed);
      DiskFile file = create(disk, "f", 1);
      disk.forceDirectory("", SITE);
      disk.onForce((site, name) -> ForceHook.Outcome.FAIL);
      assertThatThrownBy(() -> file.force(SITE)).isInstanceOf(DiskException.class);
      assertThatThrownBy(() -> file.write(filled(1, 1), 0)).hasMessageContaining("sealed");
      disk.onForce((site, name) -> ForceHook.Outcome.PROCEED);
      disk.open("f").force(SITE);
      lost |= !Arrays.equals(disk.restart().readAll("f"), filled(1, 1024).array());
    }
    assertThat(lost).isTrue();
  }

  @Test
  void writesWhatFitsAndTakesMoreWhenThereIsRoomAgain() {
    PowerCutDisk disk = new PowerCutDisk(1);
    disk.capacityBytes(1500);
    DiskFile file = create(disk, "f", 1);
    assertThat(disk.usableBytes()).isEqualTo(476);
    assertThatThrownBy(() -> file.write(filled(2, 1000), 1000))
        .isInstanceOf(DiskFullException.class);
    assertThat(file.size()).isEqualTo(1500);
    file.write(filled(3, 1500), 0);
    disk.capacityBytes(3000);
    file.write(filled(2, 1000), 1500);
    assertThat(file.size()).isEqualTo(2500);
  }

  private static DiskFile create(Disk disk, String name, int content) {
    DiskFile file = disk.create(name);
    file.write(filled(content, 1024), 0);
    return file;
  }

  private static ByteBuffer filled(int content, int bytes) {
    byte[] array = new byte[bytes];
    Arrays.fill(array, (byte) content);
    return ByteBuffer.wrap(array);
  }
}
