package dev.pharos.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every `Disk` does, durability apart.
public abstract class DiskContract {
  protected static final ForceSite SITE = new ForceSite("test.contract");

  private Disk disk;

  /// An empty disk.
  protected abstract Disk emptyDisk();

  @BeforeEach
  void openDisk() {
    disk = emptyDisk();
  }

  @Test
  void readsBackWhatWasWritten() {
    try (DiskFile file = disk.create("f")) {
      file.write(new ByteBuffer[] {bytes("one "), ByteBuffer.allocate(0), bytes("two ")}, 0);
      file.write(bytes("three"), 8);
      file.write(bytes("T"), 8);
      file.force(SITE);
      assertThat(file.size()).isEqualTo(13);
      assertThat(read(file, 4, 100)).isEqualTo("two Three");
    }
    try (DiskReader reader = disk.openForReading("f")) {
      assertThat(read(reader, 0, 3)).isEqualTo("one");
      assertThat(read(reader, 13, 10)).isEmpty();
      assertThat(read(reader, 99, 10)).isEmpty();
      assertThat(reader.size()).isEqualTo(13);
      assertThat(reader.name()).isEqualTo("f");
    }
    assertThat(disk.readAll("f")).asString().isEqualTo("one two Three");
    assertThat(disk.size("f")).isEqualTo(13);
  }

  @Test
  void consumesTheSourceAndFillsHolesWithZeros() {
    ByteBuffer source = bytes("xabcx").position(1).limit(4);
    try (DiskFile file = disk.create("f")) {
      file.write(source, 2);
    }
    assertThat(source.remaining()).isZero();
    assertThat(disk.readAll("f")).asString().isEqualTo("\0\0abc");
  }

  @Test
  void truncatesAndPreallocatesWithZeros() {
    try (DiskFile file = disk.create("f")) {
      file.write(bytes("abcdef"), 0);
      file.truncate(3);
      file.truncate(100);
      assertThat(file.size()).isEqualTo(3);
      file.preallocate(600_000);
      file.preallocate(5);
      assertThat(file.size()).isEqualTo(600_000);
      file.truncate(6);
    }
    assertThat(disk.readAll("f")).asString().isEqualTo("abc\0\0\0");
  }

  @Test
  void renamesOverAnExistingFile() {
    write("dir/a", "new");
    write("dir/b", "old");
    disk.rename("dir/a", "dir/b");
    assertThat(disk.files("dir")).containsExactly("b");
    assertThat(disk.readAll("dir/b")).asString().isEqualTo("new");
    assertThatThrownBy(() -> disk.rename("dir/b", "b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> disk.rename("dir/none", "dir/b")).isInstanceOf(DiskException.class);
  }

  @Test
  void listsFilesAndDirectoriesSorted() {
    write("dir/b", "");
    write("dir/a", "");
    disk.createDirectory("dir/sub/deeper");
    disk.createDirectory("dir/sub");
    disk.forceDirectory("dir", SITE);
    disk.forceDirectory("", SITE);
    assertThat(disk.files("dir")).containsExactly("a", "b");
    assertThat(disk.directories("dir")).containsExactly("sub");
    assertThat(disk.directories("")).containsExactly("dir");
    assertThat(disk.files("none")).isEmpty();
    assertThat(disk.exists("dir/sub")).isTrue();
    assertThat(disk.exists("dir/none")).isFalse();
  }

  @Test
  void deletesFilesAndEmptyDirectories() {
    write("dir/a", "x");
    assertThatThrownBy(() -> disk.delete("dir")).isInstanceOf(DiskException.class);
    assertThat(disk.delete("dir/a")).isTrue();
    assertThat(disk.delete("dir/a")).isFalse();
    assertThat(disk.delete("dir")).isTrue();
    assertThat(disk.exists("dir")).isFalse();
  }

  @Test
  void readsADeletedFileThatIsStillOpen() {
    write("dir/a", "still here");
    try (DiskReader reader = disk.openForReading("dir/a")) {
      disk.delete("dir/a");
      assertThat(read(reader, 0, 100)).isEqualTo("still here");
    }
  }

  @Test
  void refusesNamesThatLeadElsewhere() {
    for (String name : new String[] {"", "/a", "a/", "a//b", "../a", "a/../b", "./a", "a\0"}) {
      assertThatThrownBy(() -> disk.create(name))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void saysWhichFileIsMissingOrExists() {
    write("dir/a", "x");
    assertThatThrownBy(() -> disk.create("dir/a"))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("dir/a");
    assertThatThrownBy(() -> disk.create("no/a"))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("no");
    assertThatThrownBy(() -> disk.open("dir/b"))
        .isInstanceOf(DiskException.class)
        .hasMessageContaining("dir/b");
    assertThatThrownBy(() -> disk.openForReading("b")).isInstanceOf(DiskException.class);
    assertThatThrownBy(() -> disk.readAll("b")).isInstanceOf(DiskException.class);
    assertThatThrownBy(() -> disk.size("b")).isInstanceOf(DiskException.class);
    assertThatThrownBy(() -> disk.forceDirectory("no", SITE)).isInstanceOf(DiskException.class);
  }

  @Test
  void refusesASecondWriterUntilTheFirstIsGone() {
    DiskLock lock = disk.lock("LOCK");
    assertThatThrownBy(() -> disk.lock("LOCK"))
        .isInstanceOf(DiskLockedException.class)
        .hasMessageContaining("LOCK");
    lock.close();
    disk.lock("LOCK").close();
  }

  @Test
  void tellsHowMuchRoomThereIs() {
    assertThat(disk.usableBytes()).isPositive();
  }

  private void write(String name, String text) {
    disk.createDirectory(DiskName.directoryOf(name));
    try (DiskFile file = disk.create(name)) {
      file.write(bytes(text), 0);
    }
  }

  private static String read(DiskReader reader, long position, int bytes) {
    ByteBuffer into = ByteBuffer.allocate(bytes);
    int n = reader.read(into, position);
    assertThat(n).isEqualTo(into.position());
    return StandardCharsets.UTF_8.decode(into.flip()).toString();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
