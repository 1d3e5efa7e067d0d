package dev.pharos.app.query;

import dev.pharos.observe.Registry;
import dev.pharos.transport.Strays;

/// Counts OTLP that comes to a port of an API or of the UI, where nothing takes it: with the requests that a receiver
/// counts as misdirected, so that what goes wrong as an application connects is told in one place. Any thread.
///
/// @param extension whose ports these are
record StrayOtlp(Registry registry, String extension) {
  private static final String METRIC = "pharos_receiver_misdirected_requests_total";
  private static final String HELP =
      "Requests that came to the wrong port or path, by what the port takes and what was sent.";

  /// Watches a port.
  ///
  /// @param role what the port is for
  Strays at(String role) {
    return new Strays(
        "OTLP (" + role + ")",
        stray -> {
          if (isOtlp(stray)) {
            registry
                .counter(
                    METRIC,
                    HELP,
                    "receiver",
                    extension,
                    "port",
                    role,
                    "sent",
                    stray.grpc() ? "grpc" : "http",
                    "path",
                    "")
                .increment();
          }
        });
  }

  /// Also where an endpoint has a path before it, as Prometheus' own receiver of OTLP.
  private static boolean isOtlp(Strays.Stray stray) {
    String path = stray.path();
    return stray.grpc()
        ? path.startsWith("/opentelemetry.proto.collector.")
        : stray.method().equals("POST")
            && (path.endsWith("/v1/traces")
                || path.endsWith("/v1/metrics")
                || path.endsWith("/v1/logs"));
  }
}
