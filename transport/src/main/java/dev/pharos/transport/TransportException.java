package dev.pharos.transport;

/// A listener or client could not be set up: a bad certificate, an address that is not of this machine.
public class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TransportException(String message, Throwable cause) {
    super(message, cause);
  }

  public TransportException(String message) {
    super(message);
  }
}
