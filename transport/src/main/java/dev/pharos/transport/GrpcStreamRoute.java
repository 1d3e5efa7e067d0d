package dev.pharos.transport;

/// One server-streaming gRPC method of a listener: one message in, any number out. Called on a virtual thread.
/// Immutable.
///
/// @param method `package.Service/Method`, without a leading slash
/// @param maxMessageBytes of one message in, decompressed
public record GrpcStreamRoute(String method, GrpcStreamHandler handler, int maxMessageBytes)
    implements Route {
  /// A route with messages of up to 4 MiB.
  public static GrpcStreamRoute of(String method, GrpcStreamHandler handler) {
    return new GrpcStreamRoute(method, handler, GrpcRoute.DEFAULT_MAX_MESSAGE_BYTES);
  }
}
