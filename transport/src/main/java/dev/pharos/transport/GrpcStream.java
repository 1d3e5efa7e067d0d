package dev.pharos.transport;

import java.util.concurrent.CompletableFuture;

/// The messages of a server-streaming answer. One writer at a time.
public interface GrpcStream {
  /// Sends a message. The future completes when the connection has room for another, and fails when the caller has
  /// gone.
  CompletableFuture<Void> write(Body message);

  /// Ends with `OK`. Further calls do nothing.
  void close();

  /// Ends with an error. Further calls do nothing.
  void fail(GrpcStatus status, String message);
}
