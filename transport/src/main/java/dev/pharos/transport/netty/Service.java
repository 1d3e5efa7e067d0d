package dev.pharos.transport.netty;

import dev.pharos.transport.ConnectionLimits;
import dev.pharos.transport.Cors;
import dev.pharos.transport.Headers;
import dev.pharos.transport.RouteTable;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/// What the connections of one listener share. Any thread.
final class Service {
  private final Optional<Cors> cors;
  private final ConnectionLimits limits;
  private final List<AsciiString> replyHeaders = new ArrayList<>();
  private final Executor threads;
  private volatile RouteTable routes;

  Service(
      RouteTable routes,
      Optional<Cors> cors,
      ConnectionLimits limits,
      Headers replyHeaders,
      Executor threads) {
    this.routes = routes;
    this.cors = cors;
    this.limits = limits;
    this.threads = threads;
    replyHeaders.forEach(
        (name, value) -> {
          this.replyHeaders.add(Fields.name(name));
          this.replyHeaders.add(Fields.value(name, value));
        });
  }

  RouteTable routes() {
    return routes;
  }

  void replaceRoutes(RouteTable table) {
    routes = table;
  }

  Optional<Cors> cors() {
    return cors;
  }

  ConnectionLimits limits() {
    return limits;
  }

  /// Fields that every HTTP reply carries.
  List<AsciiString> replyHeaders() {
    return replyHeaders;
  }

  /// Runs each task on a virtual thread of its own.
  Executor threads() {
    return threads;
  }
}
