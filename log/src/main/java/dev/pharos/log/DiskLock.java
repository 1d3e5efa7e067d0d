package dev.pharos.log;

/// The right to be the only writer below a `Disk`'s root, held until closed or until the process ends.
public interface DiskLock extends AutoCloseable {
  @Override
  void close();
}
