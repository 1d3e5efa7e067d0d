package dev.pharos.store.segment.encoding;

/// Encoded bytes that do not follow their format; `at` is the index within the bytes being decoded.
public final class BadEncodingException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String what;

  public BadEncodingException(int at, String what) {
    super(what + " at index " + at);
    this.what = what;
  }

  /// What is wrong, without the index.
  public String what() {
    return what;
  }
}
