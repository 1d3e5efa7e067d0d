package dev.pharos.transport;

import java.io.IOException;

/// No whole answer came to an HTTP call. The message names the URL's address and says why.
public final class HttpFailure extends IOException {
  private static final long serialVersionUID = 1L;

  /// What went wrong. Everything but `TLS`, `RESPONSE_TOO_LARGE` and `CANCELLED` may pass by itself.
  public enum Kind {
    /// The name has no address.
    UNKNOWN_HOST,
    /// Nothing listens there, or the way there is closed.
    CONNECT,
    /// The handshake failed: an untrusted certificate, another name, no common version.
    TLS,
    /// The call's time or the connect timeout passed.
    TIMEOUT,
    /// The connection ended before the answer did, or carried what is not HTTP.
    BROKEN,
    /// The answer is larger than the client takes.
    RESPONSE_TOO_LARGE,
    /// The future was cancelled or the client closed.
    CANCELLED
  }

  private final Kind kind;

  public HttpFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public HttpFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
