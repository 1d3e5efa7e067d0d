package dev.pharos.log;

import java.nio.ByteBuffer;

/// A file of a `PowerCutDisk`, open until closed or until the power goes.
final class PowerCutFile implements DiskFile {
  private final PowerCutDisk disk;
  private final String name;
  private final PowerCutInode inode;
  private boolean closed;
  private boolean forceFailed;

  PowerCutFile(PowerCutDisk disk, String name, PowerCutInode inode) {
    this.disk = disk;
    this.name = name;
    this.inode = inode;
  }

  @Override
  public int read(ByteBuffer into, long position) {
    synchronized (disk) {
      checkOpen();
      return inode.read(into, position);
    }
  }

  @Override
  public void write(ByteBuffer source, long position) {
    write(new ByteBuffer[] {source}, position);
  }

  @Override
  public void write(ByteBuffer[] sources, long position) {
    synchronized (disk) {
      checkWritable();
      long bytes = 0;
      for (ByteBuffer source : sources) {
        bytes += source.remaining();
      }
      long fits = Math.min(bytes, Math.max(0, inode.length() - position) + disk.freeBytes());
      disk.perform(
          () -> {
            long at = position;
            for (ByteBuffer source : sources) {
              int n = (int) Math.min(source.remaining(), position + fits - at);
              inode.write(source.slice(source.position(), n), at);
              source.position(source.position() + n);
              at += n;
            }
          });
      if (fits < bytes) {
        throw new DiskFullException(
            "write " + name + ": no room after " + fits + " of " + bytes + " bytes");
      }
    }
  }

  @Override
  public void preallocate(long sizeBytes) {
    long size = size();
    if (size < sizeBytes) {
      write(ByteBuffer.allocate(Math.toIntExact(sizeBytes - size)), size);
    }
  }

  @Override
  public void truncate(long sizeBytes) {
    synchronized (disk) {
      checkWritable();
      disk.perform(() -> inode.truncate(Math.toIntExact(sizeBytes)));
    }
  }

  @Override
  public void force(ForceSite site) {
    ForceHook.Outcome outcome = disk.outcome(site, name);
    synchronized (disk) {
      checkWritable();
      switch (outcome) {
        case PROCEED -> disk.perform(inode::force);
        case IGNORE -> disk.perform(() -> {});
        case FAIL -> {
          forceFailed = true;
          disk.perform(() -> inode.failForce(disk.random));
          throw new DiskException("force " + name + ": failed by the test");
        }
      }
    }
  }

  @Override
  public long size() {
    synchronized (disk) {
      checkOpen();
      return inode.length();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() {
    disk.checkPower();
    if (closed) {
      throw new DiskException("file " + name + " is closed");
    }
  }

  private void checkWritable() {
    checkOpen();
    if (forceFailed) {
      throw new DiskException("file " + name + " is sealed: an earlier force of it failed");
    }
  }
}
