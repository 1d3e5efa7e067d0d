package dev.pharos.transport;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The routes of one listener, arranged for finding. Immutable.
public final class RouteTable {
  /// What a path and method lead to.
  public sealed interface Match {
    /// A route, with the values of its path's parameters.
    record Found(HttpRoute route, Map<String, String> parameters) implements Match {}

    /// The path is known, but not with this method; `allow` lists the methods, by comma.
    record WrongMethod(String allow) implements Match {}

    /// No route has this path.
    record Unknown() implements Match {}
  }

  /// The HTTP routes of one path, whose segments are null where a parameter stands.
  private record Path(String text, String[] segments, boolean rest, List<HttpRoute> routes) {}

  private static final Match UNKNOWN = new Match.Unknown();

  private final Map<String, Path> exact = new HashMap<>();
  private final List<Path> patterns = new ArrayList<>();
  private final Map<String, Route> grpc = new HashMap<>();
  private final List<Strays> strays = new ArrayList<>();

  /// Arranges routes.
  ///
  /// @throws IllegalArgumentException if two of them claim the same method of the same path
  public RouteTable(List<? extends Route> routes) {
    Map<String, Path> paths = new HashMap<>();
    for (Route route : routes) {
      switch (route) {
        case HttpRoute http -> {
          Path path = paths.computeIfAbsent(http.path(), RouteTable::path);
          for (HttpRoute other : path.routes) {
            requireApart(other, http);
          }
          path.routes.add(http);
        }
        case GrpcRoute unary -> add(unary.method(), unary);
        case GrpcStreamRoute streaming -> add(streaming.method(), streaming);
        case Strays watcher -> strays.add(watcher);
      }
    }
    for (Path path : paths.values()) {
      if (path.rest || path.text.indexOf('{') >= 0) {
        patterns.add(path);
      } else {
        exact.put(path.text, path);
      }
    }
    patterns.sort(
        Comparator.comparing((Path path) -> path.rest)
            .thenComparing(path -> -path.segments.length)
            .thenComparing(path -> path.text));
  }

  /// The route of `/package.Service/Method`.
  public Optional<Route> grpc(String path) {
    return Optional.ofNullable(grpc.get(path));
  }

  /// The route of an HTTP request.
  ///
  /// @param path percent-encoded, without the query
  public Match http(String method, String path) {
    Path known = exact.get(path);
    if (known != null && route(known, method) instanceof HttpRoute route) {
      return new Match.Found(route, Map.of());
    }
    String[] segments = patterns.isEmpty() ? new String[0] : split(path);
    List<Path> others = known == null ? new ArrayList<>() : new ArrayList<>(List.of(known));
    for (Path pattern : patterns) {
      if (matches(pattern, segments)) {
        if (route(pattern, method) instanceof HttpRoute route) {
          return new Match.Found(route, parameters(pattern, segments));
        }
        others.add(pattern);
      }
    }
    return others.isEmpty() ? UNKNOWN : new Match.WrongMethod(allow(others));
  }

  /// Tells those who want to know of a request without a route.
  public void tell(Strays.Stray stray) {
    strays.forEach(watcher -> watcher.heard().accept(stray));
  }

  private void add(String method, Route route) {
    if (grpc.putIfAbsent("/" + method, route) != null) {
      throw new IllegalArgumentException(
          "gRPC method " + method + " has two routes (expected: one)");
    }
  }

  private static Path path(String text) {
    String[] segments = split(text);
    boolean rest = segments[segments.length - 1].equals("*");
    return new Path(text, segments, rest, new ArrayList<>(1));
  }

  private static void requireApart(HttpRoute first, HttpRoute second) {
    for (String method : first.methods()) {
      if (second.methods().contains(method)) {
        throw new IllegalArgumentException(
            method + " " + first.path() + " has two routes (expected: one)");
      }
    }
    if (first.methods().isEmpty() && second.methods().isEmpty()) {
      throw new IllegalArgumentException(
          first.path() + " has two routes for every method (expected: one)");
    }
  }

  /// The segments after the leading slash.
  private static String[] split(String path) {
    return path.substring(Math.min(1, path.length())).split("/", -1);
  }

  private static boolean parameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static boolean matches(Path pattern, String[] segments) {
    int fixed = pattern.rest ? pattern.segments.length - 1 : pattern.segments.length;
    if (pattern.rest ? segments.length <= fixed : segments.length != fixed) {
      return false;
    }
    for (int i = 0; i < fixed; i++) {
      boolean taken =
          parameter(pattern.segments[i])
              ? !segments[i].isEmpty()
              : pattern.segments[i].equals(segments[i]);
      if (!taken) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, String> parameters(Path pattern, String[] segments) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < pattern.segments.length; i++) {
      String segment = pattern.segments[i];
      if (parameter(segment)) {
        values.put(segment.substring(1, segment.length() - 1), decode(segments[i]));
      } else if (pattern.rest && i == pattern.segments.length - 1) {
        values.put("*", String.join("/", List.of(segments).subList(i, segments.length)));
      }
    }
    return values;
  }

  private static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment;
    }
  }

  /// The route that names the method, else `GET`'s for `HEAD`, else the one for all.
  private static @Nullable HttpRoute route(Path path, String method) {
    HttpRoute any = null;
    HttpRoute get = null;
    for (HttpRoute route : path.routes) {
      if (route.methods().contains(method)) {
        return route;
      }
      if (route.methods().isEmpty()) {
        any = route;
      } else if (method.equals("HEAD") && route.methods().contains("GET")) {
        get = route;
      }
    }
    return get != null ? get : any;
  }

  private static String allow(List<Path> paths) {
    var methods = new TreeSet<String>();
    for (Path path : paths) {
      for (HttpRoute route : path.routes) {
        methods.addAll(route.methods());
      }
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return String.join(", ", methods);
  }
}
