package dev.pharos.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// One local file open for writing.
final class LocalFile implements DiskFile {
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(256 * 1024).asReadOnlyBuffer();

  private final LocalDisk disk;
  private final String name;
  private final FileChannel channel;
  private volatile boolean forceFailed;

  LocalFile(LocalDisk disk, String name, FileChannel channel) {
    this.disk = disk;
    this.name = name;
    this.channel = channel;
  }

  static int readFully(FileChannel channel, ByteBuffer into, long position) throws IOException {
    int total = 0;
    while (into.hasRemaining()) {
      int n = channel.read(into, position + total);
      if (n < 0) {
        break;
      }
      total += n;
    }
    return total;
  }

  @Override
  public int read(ByteBuffer into, long position) {
    try {
      return readFully(channel, into, position);
    } catch (IOException e) {
      throw disk.failure("read at " + position, name, e);
    }
  }

  @Override
  public void write(ByteBuffer source, long position) {
    checkUsable();
    try {
      long at = position;
      while (source.hasRemaining()) {
        at += channel.write(source, at);
      }
    } catch (IOException e) {
      throw disk.failure("write at " + position, name, e);
    }
  }

  @Override
  public void write(ByteBuffer[] sources, long position) {
    checkUsable();
    try {
      channel.position(position);
      int first = 0;
      while (first < sources.length) {
        if (sources[first].hasRemaining()) {
          channel.write(sources, first, sources.length - first);
        } else {
          first++;
        }
      }
    } catch (IOException e) {
      throw disk.failure("write at " + position, name, e);
    }
  }

  /// Writes zeros: extents that a file system merely reserves become data only on the first write, and that change of
  /// metadata costs a force as much as growing the file does.
  @Override
  public void preallocate(long sizeBytes) {
    for (long at = size(); at < sizeBytes; ) {
      int n = (int) Math.min(ZEROS.capacity(), sizeBytes - at);
      write(ZEROS.slice(0, n), at);
      at += n;
    }
  }

  @Override
  public void truncate(long sizeBytes) {
    checkUsable();
    try {
      channel.truncate(sizeBytes);
    } catch (IOException e) {
      throw disk.failure("truncate to " + sizeBytes, name, e);
    }
  }

  @Override
  public void force(ForceSite site) {
    checkUsable();
    try {
      channel.force(false);
    } catch (IOException e) {
      forceFailed = true;
      throw disk.failure("force", name, e);
    }
  }

  private void checkUsable() {
    if (forceFailed) {
      throw new DiskException(
          "file " + disk + "/" + name + " is sealed: an earlier force of it failed");
    }
  }

  @Override
  public long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw disk.failure("size", name, e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw disk.failure("close", name, e);
    }
  }
}
