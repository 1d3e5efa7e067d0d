package dev.pharos.transport;

/// Answers the calls of one unary gRPC method, message bytes in, message bytes out.
///
/// Called on the thread that the route's [Execution] names. Exactly one reply must be sent, at once or later, from any
/// thread. An exception thrown before that becomes `INTERNAL` and is logged; what it says is not sent.
@FunctionalInterface
public interface GrpcHandler {
  void call(GrpcRequest request, GrpcReply reply);
}
