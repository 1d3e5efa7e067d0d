package dev.pharos.transport;

/// The one answer to a unary gRPC call, sent from any thread, at any time. A second one throws [IllegalStateException];
/// one to a caller that has gone does nothing.
public interface GrpcReply {
  /// Answers `OK` with this message.
  void send(Body message);

  /// Answers with an error.
  ///
  /// @param details the bytes of a `google.rpc.Status`, sent as `grpc-status-details-bin`; empty for none
  void fail(GrpcStatus status, String message, Body details);

  default void fail(GrpcStatus status, String message) {
    fail(status, message, Body.EMPTY);
  }
}
