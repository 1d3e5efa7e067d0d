package dev.pharos.transport;

/// Answers the calls of one server-streaming gRPC method. Called on a virtual thread; rules as for [GrpcHandler].
@FunctionalInterface
public interface GrpcStreamHandler {
  void call(GrpcRequest request, GrpcStream stream);
}
