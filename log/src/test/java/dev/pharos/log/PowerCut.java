package dev.pharos.log;

/// Thrown by every use of a `PowerCutDisk` whose power is gone. An error, so that nothing handles it by accident.
public final class PowerCut extends Error {
  private static final long serialVersionUID = 1L;

  PowerCut(String message) {
    super(message);
  }
}
