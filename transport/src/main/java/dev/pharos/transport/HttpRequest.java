package dev.pharos.transport;

import java.net.InetSocketAddress;
import java.util.Optional;

/// One HTTP request, read whole. Any thread.
public interface HttpRequest {
  /// `GET`, `POST` and so on, in upper case.
  String method();

  /// The path as sent: still percent-encoded, without the query.
  String path();

  /// The query as sent: still percent-encoded, without `?`; empty if there is none.
  String rawQuery();

  /// The decoded value of `{name}` in the route's path (`*` for what a trailing `/*` took, not decoded). A slash that
  /// was sent as `%2F` is part of the value.
  ///
  /// @throws IllegalArgumentException if the route's path has no such parameter
  String pathParameter(String name);

  /// The parameters of the query string.
  Parameters query();

  /// The parameters of a form body (`application/x-www-form-urlencoded`), then those of the query string: what the
  /// Prometheus and Loki APIs read.
  Parameters parameters();

  Headers headers();

  /// The content, decompressed. The handler may keep it.
  Body body();

  InetSocketAddress remoteAddress();

  /// Whether the connection is encrypted.
  boolean secure();

  /// The subject of the client's verified certificate, in RFC 2253 form; empty without mTLS.
  Optional<String> peerPrincipal();

  /// Runs `action` if the client goes before the reply is complete; at once if it has gone. Actions run on an event
  /// loop and must not block.
  void onCancel(Runnable action);

  /// Whether the client has gone.
  boolean cancelled();
}
