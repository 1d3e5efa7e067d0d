package dev.pharos.components.otlp.receiver;

import dev.pharos.observe.Registry;
import dev.pharos.transport.Strays;
import java.util.Set;

/// Counts the requests that reach a port of a receiver and that nothing answers there: of the other protocol, or with a
/// path of a usual mistake. Any thread.
record Misdirected(Registry registry, String receiver) {
  private static final String HELP =
      "Requests that came to the wrong port or path, by what the port takes and what was sent.";
  private static final String OTHER = "other";

  /// What an endpoint with too much or too little of a path leads to; others are counted together.
  private static final Set<String> MISTAKES =
      Set.of(
          "/",
          "/v1/traces/v1/traces",
          "/v1/metrics/v1/metrics",
          "/v1/logs/v1/logs",
          "/v1/v1/traces",
          "/v1/v1/metrics",
          "/v1/v1/logs",
          "/v1/traces/",
          "/v1/metrics/",
          "/v1/logs/",
          "/v1/trace",
          "/v1/metric",
          "/v1/log",
          "/v1");

  /// Watches a port.
  ///
  /// @param port what it takes: `grpc` or `http`
  Strays at(String port) {
    return new Strays(receiver + " (" + port + ")", stray -> count(port, stray));
  }

  private void count(String port, Strays.Stray stray) {
    String sent = stray.grpc() ? "grpc" : "http";
    if (!stray.method().equals("POST")) {
      return;
    }
    String path = MISTAKES.contains(stray.path()) ? stray.path() : OTHER;
    registry
        .counter(
            "pharos_receiver_misdirected_requests_total",
            HELP,
            "receiver",
            receiver,
            "port",
            port,
            "sent",
            sent,
            "path",
            sent.equals(port) ? path : "")
        .increment();
  }
}
