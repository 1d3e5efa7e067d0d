package dev.pharos.transport;

import java.io.IOException;

/// A gRPC call that did not end with `OK`.
public final class GrpcFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final GrpcStatus status;
  private final transient Body details;

  /// @param details the bytes of a `google.rpc.Status` (`grpc-status-details-bin`), empty if none came
  public GrpcFailure(GrpcStatus status, String message, Body details) {
    super(message);
    this.status = status;
    this.details = details;
  }

  public GrpcFailure(GrpcStatus status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
    this.details = Body.EMPTY;
  }

  public GrpcStatus status() {
    return status;
  }

  /// The bytes of a `google.rpc.Status`; empty if none came.
  public Body details() {
    return details;
  }
}
