package dev.pharos.pipeline.component;

/// A component cannot start or go on, for a reason its operator can act on; the message says what and where.
public final class ComponentException extends RuntimeException {
  public ComponentException(String message) {
    super(message);
  }

  public ComponentException(String message, Throwable cause) {
    super(message, cause);
  }
}
