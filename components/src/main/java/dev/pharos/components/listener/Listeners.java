package dev.pharos.components.listener;

import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.transport.Address;
import dev.pharos.transport.AddressInUseException;
import dev.pharos.transport.Listener;
import dev.pharos.transport.Listening;
import dev.pharos.transport.Route;
import dev.pharos.transport.Transport;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All listeners of the process: components [#claim] addresses while they are made, [#open] merges the claims of each
/// address and binds, and [#close] gives everything back. One thread.
///
/// On one address, a user's route replaces the built-in one; two users' claims to the same route, or with different TLS
/// settings, are an error that names both.
public final class Listeners implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final int MOVES = 20;

  private final Transport transport;
  private final List<Claim> claims = new ArrayList<>();
  private final Map<Claim, Address> bound = new IdentityHashMap<>();
  private final List<Listening> open = new ArrayList<>();

  public Listeners(Transport transport) {
    this.transport = transport;
  }

  public void claim(Claim claim) {
    claims.add(claim);
  }

  /// Binds every claimed address.
  ///
  /// @throws ComponentException if an address that matters cannot be had, or claims contradict each other
  public void open() {
    for (SharedAddress shared : SharedAddress.group(claims)) {
      shared
          .problem()
          .ifPresent(
              problem -> {
                throw new ComponentException(problem);
              });
      shared.replaced().forEach(line -> LOG.info("{}", line));
      bind(shared)
          .ifPresent(
              listening -> {
                open.add(listening);
                shared.claims().forEach(claim -> bound.put(claim, listening.address()));
                LOG.info("listening on {} ({})", listening.address(), roles(shared));
              });
    }
  }

  private static String roles(SharedAddress shared) {
    return shared.claims().stream().map(Claim::role).distinct().collect(Collectors.joining(", "));
  }

  private Optional<Listening> bind(SharedAddress shared) {
    Address wanted = shared.address();
    for (int move = 0; ; move++) {
      Address address = new Address(wanted.host(), wanted.port() == 0 ? 0 : wanted.port() + move);
      try {
        return Optional.of(transport.listen(listener(shared, address)));
      } catch (AddressInUseException e) {
        Claim.Origin origin = shared.strongest();
        if (origin == Claim.Origin.BUILT_IN_OPTIONAL) {
          LOG.warn(
              "{} is in use by another process: Pharos goes on without it ({})",
              address,
              roles(shared));
          return Optional.empty();
        }
        if (origin != Claim.Origin.BUILT_IN_MOVABLE || move == MOVES) {
          String owners =
              shared.claims().stream()
                  .map(Claim::owner)
                  .distinct()
                  .collect(Collectors.joining(", "));
          throw new ComponentException(
              "address "
                  + address
                  + " of "
                  + owners
                  + " ("
                  + roles(shared)
                  + ") is in use by another process",
              e);
        }
        LOG.warn(
            "{} is in use by another process: trying the next port ({})", address, roles(shared));
      }
    }
  }

  private static Listener listener(SharedAddress shared, Address address) {
    Listener listener =
        Listener.of(address, shared.routes())
            .withConnections(shared.limits())
            .withResponseHeaders(shared.responseHeaders());
    if (shared.tls().isPresent()) {
      listener = listener.withTls(shared.tls().get());
    }
    if (shared.cors().isPresent()) {
      listener = listener.withCors(shared.cors().get());
    }
    return listener;
  }

  /// Where a claim is answered, with the port that was given for 0; empty if it was skipped.
  public Optional<Address> address(Claim claim) {
    return Optional.ofNullable(bound.get(claim));
  }

  /// The addresses that accept connections.
  public List<Address> addresses() {
    return open.stream().map(Listening::address).toList();
  }

  @Override
  public void close() {
    open.forEach(Listening::close);
    open.clear();
  }

  /// The identity of a route within a listener.
  static String key(Route route) {
    return switch (route) {
      case dev.pharos.transport.HttpRoute http -> "HTTP " + http.path();
      case dev.pharos.transport.GrpcRoute grpc -> "gRPC " + grpc.method();
      case dev.pharos.transport.GrpcStreamRoute stream -> "gRPC " + stream.method();
    };
  }
}
