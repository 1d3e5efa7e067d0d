package dev.pharos.components.listener;

import dev.pharos.transport.Address;
import dev.pharos.transport.ConnectionLimits;
import dev.pharos.transport.Cors;
import dev.pharos.transport.Headers;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Route;
import dev.pharos.transport.ServerTls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The claims to one address, users' first, and what they come to together.
record SharedAddress(List<Claim> claims) {
  private static final Set<String> WILDCARDS = Set.of("", "0.0.0.0", "::");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  /// Groups claims that one socket must serve. Claims to port 0 stay apart unless they are of one owner.
  static List<SharedAddress> group(List<Claim> claims) {
    List<SharedAddress> groups = new ArrayList<>();
    List<Claim> usersFirst = new ArrayList<>(claims);
    usersFirst.sort((a, b) -> Boolean.compare(a.builtIn(), b.builtIn()));
    for (Claim claim : usersFirst) {
      groups.stream()
          .filter(group -> group.serves(claim))
          .findFirst()
          .orElseGet(
              () -> {
                var fresh = new SharedAddress(new ArrayList<>());
                groups.add(fresh);
                return fresh;
              })
          .claims
          .add(claim);
    }
    return groups;
  }

  private boolean serves(Claim claim) {
    Address mine = claims.get(0).address();
    Address other = claim.address();
    if (mine.port() == 0 || mine.port() != other.port()) {
      return false;
    }
    return mine.host().equals(other.host())
        || WILDCARDS.contains(mine.host())
        || WILDCARDS.contains(other.host())
        || (LOOPBACK.contains(mine.host()) && LOOPBACK.contains(other.host()));
  }

  /// Whether these claims want the port that those of `before` had. A claim to port 0 takes the port over that an
  /// earlier one of the same component and role was given.
  boolean comesAfter(SharedAddress before) {
    if (address().port() != 0) {
      return address().port() == before.address().port();
    }
    Claim mine = claims.get(0);
    Claim other = before.claims.get(0);
    return before.address().port() == 0
        && mine.role().equals(other.role())
        && id(mine).equals(id(other));
  }

  /// The owner without the place of its configuration.
  private static String id(Claim claim) {
    int place = claim.owner().indexOf(' ');
    return place < 0 ? claim.owner() : claim.owner().substring(0, place);
  }

  /// Whether a socket for these claims can serve `other` too, with nothing but other routes.
  boolean hasSettingsOf(SharedAddress other) {
    return address().equals(other.address())
        && tls().equals(other.tls())
        && cors().equals(other.cors())
        && limits().equals(other.limits())
        && responseHeaders().equals(other.responseHeaders());
  }

  /// The widest of the hosts.
  Address address() {
    return claims.stream()
        .map(Claim::address)
        .filter(address -> WILDCARDS.contains(address.host()))
        .findFirst()
        .orElse(claims.get(0).address());
  }

  Claim.Origin strongest() {
    return claims.stream().map(Claim::origin).min(Enum::compareTo).orElseThrow();
  }

  /// Why the claims cannot share the address.
  Optional<String> problem() {
    Claim first = claims.get(0);
    for (Claim claim : claims) {
      if (!claim.builtIn() && !claim.tls().equals(first.tls())) {
        return Optional.of(
            first.owner()
                + " and "
                + claim.owner()
                + " claim "
                + address()
                + " with different TLS settings");
      }
    }
    Map<String, Claim> taken = new LinkedHashMap<>();
    for (Claim claim : claims) {
      for (Route route : claim.routes()) {
        for (String key : keys(route)) {
          Claim other = taken.putIfAbsent(key, claim);
          if (other != null && !claim.builtIn() && !other.builtIn()) {
            return Optional.of(
                other.owner()
                    + " and "
                    + claim.owner()
                    + " both claim "
                    + key
                    + " on "
                    + address());
          }
        }
      }
    }
    return Optional.empty();
  }

  /// The merged routes: of two to the same place the user's, which comes first.
  List<Route> routes() {
    Map<String, Route> merged = new LinkedHashMap<>();
    for (Claim claim : claims) {
      for (Route route : claim.routes()) {
        List<String> keys = keys(route);
        if (keys.stream().noneMatch(merged::containsKey)) {
          keys.forEach(key -> merged.put(key, route));
        }
      }
    }
    return merged.values().stream().distinct().toList();
  }

  /// A line for each built-in route that a user's replaces.
  List<String> replaced() {
    Map<String, Claim> taken = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    for (Claim claim : claims) {
      for (Route route : claim.routes()) {
        for (String key : keys(route)) {
          Claim other = taken.putIfAbsent(key, claim);
          if (other != null && claim.builtIn() && !other.builtIn()) {
            lines.add(
                other.owner()
                    + " takes "
                    + key
                    + " on "
                    + address()
                    + " over from "
                    + claim.owner());
          }
        }
      }
    }
    return lines;
  }

  private static List<String> keys(Route route) {
    if (route instanceof HttpRoute http && !http.methods().isEmpty()) {
      return http.methods().stream().sorted().map(method -> method + " " + http.path()).toList();
    }
    return List.of(Listeners.key(route));
  }

  Optional<ServerTls> tls() {
    return claims.get(0).tls();
  }

  Optional<Cors> cors() {
    return claims.stream().flatMap(claim -> claim.cors().stream()).findFirst();
  }

  ConnectionLimits limits() {
    return claims.get(0).limits();
  }

  Headers responseHeaders() {
    return claims.get(0).responseHeaders();
  }
}
