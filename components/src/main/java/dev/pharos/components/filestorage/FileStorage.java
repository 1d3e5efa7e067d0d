package dev.pharos.components.filestorage;

import dev.pharos.log.DiskException;
import dev.pharos.log.DiskLock;
import dev.pharos.log.DurableLog;
import dev.pharos.log.FrameVisitor;
import dev.pharos.log.LocalDisk;
import dev.pharos.log.LogOptions;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.pipeline.queue.QueueStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;

/// Keeps each queue as a log in a directory of its own, below one that one process has at a time. Any thread.
final class FileStorage implements QueueStorage {
  private static final long FILE_BYTES = 16 << 20;
  private static final long AHEAD_BYTES = 1 << 20;

  private record Opened(LocalDisk disk, DiskLock lock) {}

  private final String owner;
  private final FileStorageConfig config;
  private Optional<Opened> opened = Optional.empty();

  FileStorage(String owner, FileStorageConfig config) {
    this.owner = owner;
    this.config = config;
  }

  @Override
  public synchronized void start() {
    Path directory = Path.of(config.directory());
    if (!config.createDirectory() && !Files.isDirectory(directory)) {
      throw new ComponentException(
          owner
              + ": directory "
              + directory
              + " does not exist (expected: that it does, or create_directory: true)");
    }
    try {
      LocalDisk disk = LocalDisk.open(directory);
      opened = Optional.of(new Opened(disk, disk.lock("lock")));
    } catch (DiskException e) {
      throw new ComponentException(owner + ": " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized DurableLog open(String queue, FrameVisitor visitor) {
    Opened there =
        opened.orElseThrow(() -> new ComponentException(owner + " is not among those that run"));
    try {
      var options = new LogOptions(FILE_BYTES, AHEAD_BYTES, 1, new SplittableRandom());
      return DurableLog.open(there.disk, directory(queue), options, 1, visitor);
    } catch (DiskException e) {
      throw new ComponentException(
          owner + ": the queue of " + queue + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /// The name with all bytes but letters, digits, `-` and `_` as `%XX`.
  private static String directory(String queue) {
    var name = new StringBuilder();
    for (byte one : queue.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          one >= 'a' && one <= 'z'
              || one >= 'A' && one <= 'Z'
              || one >= '0' && one <= '9'
              || one == '-'
              || one == '_';
      name.append(plain ? "" + (char) one : "%%%02X".formatted(one & 0xff));
    }
    return name.toString();
  }

  @Override
  public synchronized void stop() {
    opened.ifPresent(there -> there.lock.close());
    opened = Optional.empty();
  }
}
