package dev.pharos.model.binary;

/// Bytes that are not a batch; the message names the offset, what was found and what was expected.
public final class MalformedBatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedBatchException(String message) {
    super(message);
  }
}
