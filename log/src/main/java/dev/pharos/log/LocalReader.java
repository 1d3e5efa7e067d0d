package dev.pharos.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Reads of one local file that survive the interruption of another reader.
///
/// Interrupting a thread in a read closes its channel for all threads. The interrupted reader gets a `DiskException`;
/// the others read on through a channel opened anew, which requires that the name still leads to the file.
final class LocalReader implements DiskReader {
  private final LocalDisk disk;
  private final String name;
  private final Path path;
  private volatile FileChannel channel;
  private volatile boolean closed;

  LocalReader(LocalDisk disk, String name, Path path) throws IOException {
    this.disk = disk;
    this.name = name;
    this.path = path;
    this.channel = FileChannel.open(path, StandardOpenOption.READ);
  }

  @Override
  public int read(ByteBuffer into, long position) {
    int start = into.position();
    while (true) {
      FileChannel current = channel;
      try {
        return LocalFile.readFully(current, into, position);
      } catch (ClosedByInterruptException e) {
        throw disk.failure("interrupted read", name, e);
      } catch (ClosedChannelException e) {
        into.position(start);
        reopen(current, e);
      } catch (IOException e) {
        throw disk.failure("read at " + position, name, e);
      }
    }
  }

  private synchronized void reopen(FileChannel broken, ClosedChannelException cause) {
    if (closed) {
      throw disk.failure("read after close", name, cause);
    }
    if (channel == broken) {
      try {
        channel = FileChannel.open(path, StandardOpenOption.READ);
      } catch (IOException e) {
        throw disk.failure("open again", name, e);
      }
    }
  }

  @Override
  public long size() {
    while (true) {
      FileChannel current = channel;
      try {
        return current.size();
      } catch (ClosedChannelException e) {
        reopen(current, e);
      } catch (IOException e) {
        throw disk.failure("size", name, e);
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      throw disk.failure("close", name, e);
    }
  }
}
