package dev.pharos.transport;

import java.util.List;
import java.util.Optional;

/// One address to listen on, and what is answered there: HTTP/1.1 and HTTP/2 on the same port, with prior knowledge in
/// clear text and by ALPN with TLS. Immutable; the `with` methods give changed copies.
public record Listener(
    Address address,
    List<Route> routes,
    Optional<ServerTls> tls,
    Optional<Cors> cors,
    ConnectionLimits connections,
    Headers responseHeaders) {
  public Listener {
    routes = List.copyOf(routes);
  }

  /// A clear-text listener without CORS.
  public static Listener of(Address address, List<? extends Route> routes) {
    return new Listener(
        address,
        List.copyOf(routes),
        Optional.empty(),
        Optional.empty(),
        ConnectionLimits.DEFAULT,
        Headers.EMPTY);
  }

  public static Listener of(Address address, Route... routes) {
    return of(address, List.of(routes));
  }

  public Listener withTls(ServerTls settings) {
    return new Listener(address, routes, Optional.of(settings), cors, connections, responseHeaders);
  }

  public Listener withCors(Cors settings) {
    return new Listener(address, routes, tls, Optional.of(settings), connections, responseHeaders);
  }

  public Listener withConnections(ConnectionLimits limits) {
    return new Listener(address, routes, tls, cors, limits, responseHeaders);
  }

  /// Adds these fields to every HTTP reply.
  public Listener withResponseHeaders(Headers fields) {
    return new Listener(address, routes, tls, cors, connections, fields);
  }
}
