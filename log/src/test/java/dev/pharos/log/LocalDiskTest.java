package dev.pharos.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest extends DiskContract {
  @TempDir Path directory;

  @Override
  protected Disk emptyDisk() {
    return LocalDisk.open(directory.resolve("made/on/open"));
  }

  @Test
  void namesTheProcessThatHoldsTheDirectory() {
    Disk disk = LocalDisk.open(directory);
    try (DiskLock lock = disk.lock("LOCK")) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> LocalDisk.open(directory).lock("LOCK"))
          .isInstanceOf(DiskLockedException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid())
          .hasMessageContaining(directory.toString());
    }
  }

  @Test
  void tellsAFullDeviceFromOtherFailures() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full));
    Files.createSymbolicLink(directory.resolve("full"), full);
    try (DiskFile file = LocalDisk.open(directory).open("full")) {
      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(10), 0))
          .isInstanceOf(DiskFullException.class)
          .hasMessageContaining(directory.resolve("full").toString());
      assertThatThrownBy(() -> file.write(new ByteBuffer[] {ByteBuffer.allocate(10)}, 0))
          .isInstanceOf(DiskFullException.class);
    }
    assertThatThrownBy(() -> LocalDisk.open(directory).open("none"))
        .isNotInstanceOf(DiskFullException.class);
  }

  @Test
  void readsOnAfterAnotherReaderWasInterrupted() {
    Disk disk = LocalDisk.open(directory);
    try (DiskFile file = disk.create("f")) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
    }
    try (DiskReader reader = disk.openForReading("f")) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(3), 0))
          .isInstanceOf(DiskException.class)
          .hasMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
      ByteBuffer into = ByteBuffer.allocate(3);
      assertThat(reader.read(into, 0)).isEqualTo(3);
      assertThat(reader.size()).isEqualTo(3);
    }
  }
}
