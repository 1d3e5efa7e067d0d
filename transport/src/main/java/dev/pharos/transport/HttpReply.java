package dev.pharos.transport;

/// The one answer to an HTTP request, sent from any thread, at any time. Only the first `send` or `stream` counts:
/// later ones throw [IllegalStateException]. Sending to a client that has gone does nothing.
public interface HttpReply {
  /// Adds a header field. Before sending only.
  ///
  /// @return this
  HttpReply header(String name, String value);

  /// Sends the whole answer. `Content-Length` is set here; a `contentType` that is empty sets none.
  void send(int status, String contentType, Body body);

  /// Sends the status and headers, and then what is written to the stream, as chunks.
  HttpStream stream(int status, String contentType);

  /// Sends text as `text/plain; charset=utf-8`.
  default void sendText(int status, String text) {
    send(status, "text/plain; charset=utf-8", Body.of(text));
  }
}
