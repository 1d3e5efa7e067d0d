package dev.pharos.app;

/// The command line is wrong; the message tells what was found and what was expected.
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message, null, false, false);
  }
}
