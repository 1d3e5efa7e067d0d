package dev.pharos.demo;

/// The demo cannot start or go on, for a reason that its user can act on; the message says what and why.
final class DemoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoException(String message) {
    super(message, null, false, false);
  }
}
