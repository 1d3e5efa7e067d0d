package dev.pharos.transport;

import java.util.concurrent.CompletableFuture;

/// The chunks of a streamed answer. One writer at a time.
public interface HttpStream {
  /// Sends a chunk. The future completes when the connection has room for another, and fails when the client has gone;
  /// a writer that waits for it (`join` on a virtual thread) holds one chunk at a time in memory.
  CompletableFuture<Void> write(Body chunk);

  /// Ends the answer. Further calls do nothing.
  void close();

  /// Breaks the connection or stream off, so that the client sees an answer that is not whole.
  void abort();
}
