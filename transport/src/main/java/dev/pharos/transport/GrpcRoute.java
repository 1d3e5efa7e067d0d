package dev.pharos.transport;

/// One unary gRPC method of a listener and who answers it. Immutable.
///
/// @param method `package.Service/Method`, without a leading slash
/// @param maxMessageBytes of one message, decompressed; above it the call fails with `RESOURCE_EXHAUSTED`
public record GrpcRoute(
    String method, GrpcHandler handler, Execution execution, int maxMessageBytes) implements Route {
  /// gRPC's own default.
  public static final int DEFAULT_MAX_MESSAGE_BYTES = 4 << 20;

  public GrpcRoute {
    if (method.startsWith("/") || method.indexOf('/') < 1) {
      throw new IllegalArgumentException(
          "method: \"" + method + "\" (expected: package.Service/Method)");
    }
  }

  /// A route on virtual threads with messages of up to 4 MiB.
  public static GrpcRoute of(String method, GrpcHandler handler) {
    return new GrpcRoute(method, handler, Execution.VIRTUAL, DEFAULT_MAX_MESSAGE_BYTES);
  }

  public GrpcRoute withExecution(Execution other) {
    return new GrpcRoute(method, handler, other, maxMessageBytes);
  }

  public GrpcRoute withMaxMessageBytes(int bytes) {
    return new GrpcRoute(method, handler, execution, bytes);
  }
}
