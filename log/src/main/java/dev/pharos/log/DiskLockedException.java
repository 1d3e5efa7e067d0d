package dev.pharos.log;

/// A directory that another writer holds; the message says which process.
public final class DiskLockedException extends DiskException {
  private static final long serialVersionUID = 1L;

  public DiskLockedException(String message) {
    super(message);
  }
}
