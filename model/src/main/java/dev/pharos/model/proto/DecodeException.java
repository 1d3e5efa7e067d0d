package dev.pharos.model.proto;

/// Bytes or text that a decoder cannot read. The message says where, what was found and what was expected; it is fit to
/// be sent to the client. It carries no stack trace, since hostile input must not be dear.
public final class DecodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DecodeException(String message) {
    super(message, null, false, false);
  }

  /// A problem at a byte of the input.
  public static DecodeException at(int offset, String problem) {
    return new DecodeException("byte " + offset + ": " + problem);
  }
}
