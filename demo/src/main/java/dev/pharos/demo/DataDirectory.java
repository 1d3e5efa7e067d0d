package dev.pharos.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The directory that the demo keeps its data in unless told otherwise. It begins empty, so that the faults of the last
/// run are not what this one's measures are compared with.
final class DataDirectory {
  static final String DEFAULT = "demo-data";

  /// The file that a store locks.
  private static final String LOCK = "lock";

  private DataDirectory() {}

  /// Deletes what an earlier demo left.
  ///
  /// @throws DemoException if the directory is in use, or holds something that is no store
  static void clear(Path directory) {
    try {
      if (!Files.exists(directory)) {
        return;
      }
      List<Path> deepestFirst;
      try (Stream<Path> walk = Files.walk(directory)) {
        deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      }
      Path lock = directory.resolve(LOCK);
      if (deepestFirst.size() > 1 && !Files.exists(lock)) {
        throw new DemoException(
            directory
                + " is not a demo's data (expected: a store, or nothing); --data DIRECTORY names another");
      }
      if (Files.exists(lock)) {
        requireFree(directory, lock);
      }
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be emptied", e);
    }
  }

  private static void requireFree(Path directory, Path lock) throws IOException {
    try (FileChannel file = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = file.tryLock()) {
      if (held == null) {
        throw new DemoException(
            directory + " is in use by another process; --data DIRECTORY names another");
      }
    }
  }
}
