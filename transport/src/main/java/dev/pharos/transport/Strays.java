package dev.pharos.transport;

import java.util.function.Consumer;

/// Hears of the requests to a listener that it has no route for, which are answered as ever. A listener may have
/// several.
///
/// @param name another one for each on the listener
/// @param heard called on an event loop: must not wait
public record Strays(String name, Consumer<Stray> heard) implements Route {
  /// A request without a route.
  ///
  /// @param grpc whether it is a gRPC call
  /// @param method of HTTP, as in `POST`
  /// @param path percent-encoded, without the query
  public record Stray(boolean grpc, String method, String path) {}
}
