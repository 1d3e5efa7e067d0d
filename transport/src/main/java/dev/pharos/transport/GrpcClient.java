package dev.pharos.transport;

import java.util.concurrent.CompletableFuture;

/// Calls unary methods of one gRPC server over one multiplexed connection, made when the first call comes and again
/// after it broke. Any thread.
public interface GrpcClient extends AutoCloseable {
  /// Sends a message and gives the answer's.
  ///
  /// The future fails with a [GrpcFailure]: the server's status, or `UNAVAILABLE` where it cannot be reached and
  /// `DEADLINE_EXCEEDED` where the time passed. Cancelling it cancels the call. It completes on an event loop: what
  /// follows must not block, or go to a thread of its own.
  CompletableFuture<Body> call(GrpcCall call);

  /// Closes the connection; calls under way fail with `CANCELLED`.
  @Override
  void close();
}
