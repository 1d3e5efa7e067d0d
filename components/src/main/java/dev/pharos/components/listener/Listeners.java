package dev.pharos.components.listener;

import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.transport.Address;
import dev.pharos.transport.AddressInUseException;
import dev.pharos.transport.GrpcRoute;
import dev.pharos.transport.GrpcStreamRoute;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Listener;
import dev.pharos.transport.Listening;
import dev.pharos.transport.Route;
import dev.pharos.transport.Strays;
import dev.pharos.transport.Transport;
import dev.pharos.transport.TransportException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All listeners of the process: components [#claim] addresses while they are made and started, [#open] merges the
/// claims of each address and binds, and [#close] gives everything back. With another configuration new claims come
/// first, then [#exchange] opens them in place of those whose owners are gone, or [#forget] drops them. One thread.
///
/// On one address, a user's route replaces the built-in one; two users' claims to the same route, or with different TLS
/// settings, are an error that names both.
public final class Listeners implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final int MOVES = 20;

  /// An open socket and what it was opened for.
  private record Open(SharedAddress shared, Listening listening) {}

  private final Transport transport;
  private List<Claim> claims = new ArrayList<>();
  private final Map<Claim, Address> bound = new IdentityHashMap<>();
  private final List<Open> open = new ArrayList<>();

  /// How many of the claims are answered.
  private int opened;

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
    exchange(Set.of());
  }

  /// Drops the claims made since [#open] or [#exchange].
  public void forget() {
    claims.subList(opened, claims.size()).clear();
  }

  /// Opens the claims made since, and those of before whose owners stay. A socket that is still wanted at its address
  /// and with its settings stays open, only its routes become others; sockets that nobody wants close.
  ///
  /// @param owners of the earlier claims that stay
  /// @throws ComponentException as [#open]; what was open before is as it was
  public void exchange(Set<String> owners) {
    List<Claim> wanted = new ArrayList<>(claims.subList(opened, claims.size()));
    wanted.addAll(
        0,
        claims.subList(0, opened).stream()
            .filter(claim -> owners.contains(claim.owner()))
            .toList());
    List<SharedAddress> groups = SharedAddress.group(wanted);
    for (SharedAddress shared : groups) {
      shared
          .problem()
          .ifPresent(
              problem -> {
                throw new ComponentException(problem);
              });
    }
    Map<SharedAddress, Open> staying = new IdentityHashMap<>();
    List<SharedAddress> moving = new ArrayList<>();
    List<Open> made = new ArrayList<>();
    try {
      for (SharedAddress shared : groups) {
        Optional<Open> before = before(shared);
        if (before.isEmpty()) {
          bind(shared).ifPresent(listening -> made.add(new Open(shared, listening)));
        } else if (before.get().shared.hasSettingsOf(shared)) {
          staying.put(shared, before.get());
        } else {
          moving.add(shared);
        }
      }
    } catch (RuntimeException e) {
      made.forEach(one -> one.listening.close());
      throw e;
    }
    staying.forEach(
        (shared, before) -> {
          before.listening.replaceRoutes(shared.routes());
          made.add(new Open(shared, before.listening));
        });
    close(open.stream().filter(one -> !staying.containsValue(one)).toList());
    moving.forEach(shared -> rebind(shared).ifPresent(one -> made.add(one)));
    settle(wanted, made, staying.keySet());
  }

  /// A socket whose settings or host changed has to close before it can open again, so this comes last; the address was
  /// ours a moment ago.
  private Optional<Open> rebind(SharedAddress shared) {
    try {
      return bind(shared).map(listening -> new Open(shared, listening));
    } catch (RuntimeException e) {
      LOG.error("{} cannot be opened again: {}", shared.address(), e.getMessage());
      return Optional.empty();
    }
  }

  private void settle(List<Claim> wanted, List<Open> made, Set<SharedAddress> stayed) {
    claims = wanted;
    opened = wanted.size();
    open.clear();
    open.addAll(made);
    bound.clear();
    for (Open one : made) {
      one.shared.claims().forEach(claim -> bound.put(claim, one.listening.address()));
      if (!stayed.contains(one.shared)) {
        one.shared.replaced().forEach(line -> LOG.info("{}", line));
        LOG.info("listening on {} ({})", one.listening.address(), roles(one.shared));
      }
    }
  }

  /// The open socket in whose place this address comes.
  private Optional<Open> before(SharedAddress shared) {
    return open.stream().filter(one -> shared.comesAfter(one.shared)).findFirst();
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
          throw new ComponentException(
              "address "
                  + address
                  + " of "
                  + owners(shared)
                  + " ("
                  + roles(shared)
                  + ") is in use by another process",
              e);
        }
        LOG.warn(
            "{} is in use by another process: trying the next port ({})", address, roles(shared));
      } catch (TransportException e) {
        throw new ComponentException(
            owners(shared) + " cannot listen on " + address + ": " + e.getMessage(), e);
      }
    }
  }

  private static String owners(SharedAddress shared) {
    return shared.claims().stream().map(Claim::owner).distinct().collect(Collectors.joining(", "));
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
    return open.stream().map(one -> one.listening.address()).toList();
  }

  /// The same by what they are for.
  public Map<String, Address> roles() {
    return open.stream()
        .collect(
            Collectors.toMap(
                one -> roles(one.shared), one -> one.listening.address(), (first, other) -> first));
  }

  @Override
  public void close() {
    close(open);
    open.clear();
  }

  private static void close(List<Open> unwanted) {
    unwanted.forEach(one -> one.listening.close());
  }

  /// The identity of a route within a listener.
  static String key(Route route) {
    return switch (route) {
      case HttpRoute http -> "HTTP " + http.path();
      case GrpcRoute grpc -> "gRPC " + grpc.method();
      case GrpcStreamRoute stream -> "gRPC " + stream.method();
      case Strays strays -> "strays of " + strays.name();
    };
  }
}
