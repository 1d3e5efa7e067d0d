package dev.pharos.transport;

import java.util.concurrent.CompletableFuture;

/// Sends HTTP requests over pooled connections: HTTP/2 where the server offers it by ALPN, else HTTP/1.1. Any thread.
public interface HttpClient extends AutoCloseable {
  /// Sends a request and reads the answer whole, of any status.
  ///
  /// The future fails with an [HttpFailure] if no whole answer came. Cancelling it breaks the request off. It completes
  /// on an event loop: what follows must not block, or go to a thread of its own.
  CompletableFuture<HttpResponse> send(HttpCall call);

  /// Closes the connections; calls under way fail.
  @Override
  void close();
}
