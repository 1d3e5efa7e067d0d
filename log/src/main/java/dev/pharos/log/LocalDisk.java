package dev.pharos.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A directory of the local file system.
///
/// The root is created if it does not exist. Any thread, except that interrupting a thread while it writes closes the
/// file it writes to.
public final class LocalDisk implements Disk {
  private final Path root;

  /// Looked up once: finding it reads the table of all mounts, and every commit asks for the room.
  private volatile Optional<FileStore> fileStore = Optional.empty();

  private LocalDisk(Path root) {
    this.root = root;
  }

  public static LocalDisk open(Path root) {
    LocalDisk disk = new LocalDisk(root.toAbsolutePath().normalize());
    try {
      Files.createDirectories(disk.root);
    } catch (IOException e) {
      throw disk.failure("create directory", "", e);
    }
    return disk;
  }

  @Override
  public DiskFile create(String name) {
    return openChannel(
        "create",
        name,
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  @Override
  public DiskFile open(String name) {
    return openChannel("open", name, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private DiskFile openChannel(String operation, String name, StandardOpenOption... options) {
    try {
      return new LocalFile(this, name, FileChannel.open(path(name), options));
    } catch (IOException e) {
      throw failure(operation, name, e);
    }
  }

  @Override
  public DiskReader openForReading(String name) {
    try {
      return new LocalReader(this, name, path(name));
    } catch (IOException e) {
      throw failure("open", name, e);
    }
  }

  @Override
  public byte[] readAll(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw failure("read", name, e);
    }
  }

  @Override
  public void rename(String from, String to) {
    if (!DiskName.directoryOf(from).equals(DiskName.directoryOf(to))) {
      throw new IllegalArgumentException(
          "rename " + from + " to " + to + " (expected: the same directory)");
    }
    try {
      Files.move(
          path(from),
          path(to),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure("rename to " + to, from, e);
    }
  }

  @Override
  public boolean delete(String name) {
    try {
      return Files.deleteIfExists(path(name));
    } catch (IOException e) {
      throw failure("delete", name, e);
    }
  }

  @Override
  public void createDirectory(String name) {
    try {
      Files.createDirectories(directory(name));
    } catch (IOException e) {
      throw failure("create directory", name, e);
    }
  }

  @Override
  public List<String> files(String directory) {
    return list(directory, false);
  }

  @Override
  public List<String> directories(String directory) {
    return list(directory, true);
  }

  private List<String> list(String directory, boolean directories) {
    Path path = directory(directory);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry) == directories) {
          names.add(entry.getFileName().toString());
        }
      }
    } catch (DirectoryIteratorException e) {
      throw failure("list", directory, new IOException(e));
    } catch (IOException e) {
      throw failure("list", directory, e);
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public void forceDirectory(String name, ForceSite site) {
    try (FileChannel channel = FileChannel.open(directory(name), StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw failure("force directory", name, e);
    }
  }

  @Override
  public boolean exists(String name) {
    return Files.exists(directory(name), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public long size(String name) {
    try {
      return Files.size(path(name));
    } catch (IOException e) {
      throw failure("size", name, e);
    }
  }

  @Override
  public long usableBytes() {
    try {
      return fileStore().getUsableSpace();
    } catch (IOException e) {
      throw failure("usable bytes", "", e);
    }
  }

  private FileStore fileStore() throws IOException {
    FileStore store = fileStore.isPresent() ? fileStore.get() : Files.getFileStore(root);
    fileStore = Optional.of(store);
    return store;
  }

  @Override
  public DiskLock lock(String name) {
    Path path = path(name);
    try {
      FileChannel channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          String holder = "process " + ProcessHandle.current().pid() + "\n";
          channel.truncate(0);
          channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
          return () -> release(name, channel);
        }
      } catch (OverlappingFileLockException e) {
        // Held by this process: reported like any other holder.
      }
      channel.close();
      String holder = Files.readString(path).strip();
      throw new DiskLockedException(
          "directory "
              + root
              + " is in use by "
              + (holder.isEmpty() ? "another process" : holder)
              + " (lock file "
              + path
              + "): stop that process or choose another directory");
    } catch (IOException e) {
      throw failure("lock", name, e);
    }
  }

  private void release(String name, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure("release lock", name, e);
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }

  private Path path(String name) {
    return root.resolve(DiskName.check(name));
  }

  private Path directory(String name) {
    return root.resolve(DiskName.checkDirectory(name));
  }

  /// Names the operation and the file, and tells a full disk from the rest. The system's message depends on the locale,
  /// so a failed operation on a disk without room counts as full too.
  DiskException failure(String operation, String name, IOException e) {
    String message = operation + " " + root.resolve(name) + ": " + e;
    return isFull(e) ? new DiskFullException(message, e) : new DiskException(message, e);
  }

  private boolean isFull(IOException e) {
    String text = String.valueOf(e.getMessage());
    if (text.contains("No space left") || text.contains("quota exceeded")) {
      return true;
    }
    try {
      return !(e instanceof ClosedChannelException)
          && !(e instanceof NoSuchFileException)
          && fileStore().getUsableSpace() < 64 * 1024;
    } catch (IOException unknown) {
      return false;
    }
  }
}
