package dev.pharos.log;

import java.nio.ByteBuffer;

/// Copies damaged regions of a log's files into files beside them, where nothing deletes them.
final class LogQuarantine {
  static final ForceSite COPY = new ForceSite("log.quarantine-copy");
  static final ForceSite DIRECTORY = new ForceSite("log.quarantine-directory");
  private static final int CHUNK_BYTES = 1 << 20;

  private final Disk disk;
  private final String directory;

  LogQuarantine(Disk disk, String directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /// Copies `bytes` bytes of a file from `offset` on and gives the copy's name; empty if the disk has no room for it.
  String copy(LogFileName name, long offset, long bytes) {
    String target = DiskName.in(directory, "%016x-%d.damaged".formatted(name.id(), offset));
    disk.delete(target);
    try (DiskReader source = disk.openForReading(DiskName.in(directory, name.toString()));
        DiskFile copy = disk.create(target)) {
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(bytes, CHUNK_BYTES));
      for (long done = 0; done < bytes; done += chunk.limit()) {
        chunk.clear().limit((int) Math.min(chunk.capacity(), bytes - done));
        source.read(chunk, offset + done);
        copy.write(chunk.flip(), done);
      }
      copy.force(COPY);
    } catch (DiskFullException e) {
      disk.delete(target);
      return "";
    }
    disk.forceDirectory(directory, DIRECTORY);
    return target;
  }
}
