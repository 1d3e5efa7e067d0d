package dev.pharos.transport;

import java.time.Duration;

/// One unary gRPC call to make. Immutable.
///
/// @param method `package.Service/Method`, without a leading slash
/// @param metadata values of `-bin` entries are base64 already
/// @param timeout the call's deadline from now on; zero for none
public record GrpcCall(String method, Body message, Headers metadata, Duration timeout) {
  public static GrpcCall of(String method, Body message) {
    return new GrpcCall(method, message, Headers.EMPTY, Duration.ZERO);
  }

  public GrpcCall withMetadata(Headers fields) {
    return new GrpcCall(method, message, fields, timeout);
  }

  public GrpcCall withTimeout(Duration time) {
    return new GrpcCall(method, message, metadata, time);
  }
}
