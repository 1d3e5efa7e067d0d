package dev.pharos.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A file system of a few megabytes in memory, mounted over a directory in a mount namespace of its own, which takes no
/// rights that a user of Linux commonly lacks. Programs run in it with [#command]; this process reaches its files by
/// [#path]. It is gone with [#close].
final class SmallDisk implements AutoCloseable {
  private final Process holder;
  private final Path directory;

  private SmallDisk(Process holder, Path directory) {
    this.holder = holder;
    this.directory = directory;
  }

  /// Empty, where this system lets nobody mount one.
  static Optional<SmallDisk> mount(Path directory, int megabytes) throws IOException {
    Files.createDirectories(directory);
    String script =
        "mount -t tmpfs -o size=%dm none '%s' && echo mounted && exec cat"
            .formatted(megabytes, directory);
    Process holder;
    try {
      holder =
          new ProcessBuilder("unshare", "-Urm", "sh", "-c", script)
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      return Optional.empty();
    }
    var output =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    var disk = new SmallDisk(holder, directory);
    if ("mounted".equals(output.readLine()) && Files.isWritable(disk.path(""))) {
      return Optional.of(disk);
    }
    disk.close();
    return Optional.empty();
  }

  /// A command line that runs where the file system is mounted.
  List<String> command() {
    return List.of(
        "nsenter", "-t", Long.toString(holder.pid()), "-U", "-m", "--preserve-credentials");
  }

  /// A file of it, as this process sees it.
  Path path(String name) {
    return Path.of("/proc/" + holder.pid() + "/root" + directory).resolve(name);
  }

  /// Takes all the room there is.
  void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream file = Files.newOutputStream(path("filler"))) {
      while (true) {
        file.write(block);
      }
    } catch (IOException e) {
      if (path("filler").toFile().getUsableSpace() >= block.length) {
        throw e;
      }
    }
  }

  /// Gives back what [#fill] took.
  void free() throws IOException {
    Files.delete(path("filler"));
  }

  @Override
  public void close() {
    holder.destroyForcibly();
    try {
      holder.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
