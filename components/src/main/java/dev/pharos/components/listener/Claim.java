package dev.pharos.components.listener;

import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.transport.Address;
import dev.pharos.transport.ConnectionLimits;
import dev.pharos.transport.Cors;
import dev.pharos.transport.Headers;
import dev.pharos.transport.Route;
import dev.pharos.transport.ServerTls;
import java.util.List;
import java.util.Optional;

/// What one component wants to answer on one address.
///
/// @param owner for messages: the component's id, with the position of its configuration if it has one
/// @param role for messages: what the port is for
/// @param origin whose wish it is, which decides conflicts
public record Claim(
    String owner,
    String role,
    Origin origin,
    Address address,
    List<Route> routes,
    Optional<ServerTls> tls,
    Optional<Cors> cors,
    ConnectionLimits limits,
    Headers responseHeaders) {
  /// Whose wish a claim is.
  public enum Origin {
    /// The user wrote it: a busy port is fatal.
    USER,
    /// The built-in configuration, for a port that Pharos cannot do without: a busy port is fatal.
    BUILT_IN,
    /// The built-in configuration: a busy port is skipped with one line in the log.
    BUILT_IN_OPTIONAL,
    /// The built-in configuration: the next free port is taken if this one is busy.
    BUILT_IN_MOVABLE
  }

  /// The name that ends every id of the built-in configuration.
  private static final String BUILT_IN_NAME = "pharos";

  /// The origin of a component's claim: the user's, unless its id is one of the built-in configuration.
  public static Origin originOf(ComponentId id, Origin builtIn) {
    return id.name().equals(BUILT_IN_NAME) ? builtIn : Origin.USER;
  }

  public Claim {
    routes = List.copyOf(routes);
  }

  /// A claim in clear text with the default limits.
  public static Claim of(
      String owner, String role, Origin origin, Address address, List<? extends Route> routes) {
    return new Claim(
        owner,
        role,
        origin,
        address,
        List.copyOf(routes),
        Optional.empty(),
        Optional.empty(),
        ConnectionLimits.DEFAULT,
        Headers.EMPTY);
  }

  public Claim withTls(Optional<ServerTls> settings) {
    return new Claim(owner, role, origin, address, routes, settings, cors, limits, responseHeaders);
  }

  public Claim withCors(Optional<Cors> settings) {
    return new Claim(owner, role, origin, address, routes, tls, settings, limits, responseHeaders);
  }

  public Claim withLimits(ConnectionLimits settings) {
    return new Claim(owner, role, origin, address, routes, tls, cors, settings, responseHeaders);
  }

  public Claim withResponseHeaders(Headers headers) {
    return new Claim(owner, role, origin, address, routes, tls, cors, limits, headers);
  }

  boolean builtIn() {
    return origin != Origin.USER;
  }
}
