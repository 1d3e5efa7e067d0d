package dev.pharos.log;

/// A write that failed because the device, or the quota on it, has no room; the same write may succeed later.
public final class DiskFullException extends DiskException {
  private static final long serialVersionUID = 1L;

  public DiskFullException(String message) {
    super(message);
  }

  public DiskFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
