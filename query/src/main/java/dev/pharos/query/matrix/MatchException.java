package dev.pharos.query.matrix;

/// Two vectors cannot be combined; the message is Prometheus'.
public final class MatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MatchException(String message) {
    super(message, null, false, false);
  }
}
