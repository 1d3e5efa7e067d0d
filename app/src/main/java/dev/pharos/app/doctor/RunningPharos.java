package dev.pharos.app.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Pharos to be asked by HTTP. One thread.
final class RunningPharos {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// An answer; status 0 where nothing listens, -1 where something listens that does not answer HTTP.
  record Answer(int status, String body) {}

  private final String host;
  private final Ports ports;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  RunningPharos(String host, Ports ports) {
    this.host = host;
    this.ports = ports;
  }

  Ports address() {
    return ports;
  }

  Answer get(int port, String path) {
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path))
                  .timeout(PATIENCE)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (ConnectException e) {
      return new Answer(0, "");
    } catch (IOException e) {
      return new Answer(-1, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(-1, "");
    }
  }

  /// Which of the ports are Pharos' own.
  List<Finding> ports() {
    List<Finding> findings = new ArrayList<>();
    health().ifPresentOrElse(findings::add, () -> findings.add(absent()));
    if (accepts(ports.grpc())) {
      findings.add(Finding.ok("port " + ports.grpc() + " accepts OTLP over gRPC"));
    } else {
      findings.add(closed(ports.grpc(), "OTLP over gRPC"));
    }
    served(findings, ports.http(), "OTLP over HTTP", "/v1/traces", 405, "");
    served(findings, ports.prometheus(), "the Prometheus API", "/metrics", 200, "pharos_");
    served(findings, ports.loki(), "the Loki API", "/loki/api/v1/status/buildinfo", 200, "version");
    served(findings, ports.tempo(), "the Tempo API", "/api/echo", 200, "echo");
    served(findings, ports.jaeger(), "the Jaeger API", "/api/services", 200, "data");
    served(findings, ports.all(), "all APIs", "/tempo/api/echo", 200, "echo");
    return findings;
  }

  private Optional<Finding> health() {
    Answer answer = get(ports.health(), "/");
    return switch (answer.status()) {
      case 0, -1 -> Optional.empty();
      case 200 -> Optional.of(Finding.ok("health: ready"));
      case 503 ->
          Optional.of(
              Finding.wrong(
                  "health: not ready", "wait until the store has recovered; the log says how far"));
      default ->
          Optional.of(
              Finding.wrong(
                  "health: port " + ports.health() + " answers " + answer.status(),
                  "another program has the port"));
    };
  }

  private Finding absent() {
    return Finding.wrong(
        "health: nothing answers on " + host + ":" + ports.health(),
        "start Pharos with ./pharos, or name its host with --host");
  }

  private boolean accepts(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void served(
      List<Finding> findings, int port, String what, String path, int status, String part) {
    Answer answer = get(port, path);
    if (answer.status() == status && answer.body().contains(part)) {
      findings.add(Finding.ok("port " + port + " answers " + what));
    } else if (answer.status() == 0) {
      findings.add(closed(port, what));
    } else {
      findings.add(
          Finding.wrong(
              "port " + port + " is not Pharos' (expected: " + what + ")",
              "another program has the port, and Pharos skipped it at its start: end that program and start Pharos"
                  + " again, or give Pharos another port (docs/reference/configuration.md)"));
    }
  }

  private static Finding closed(int port, String what) {
    return Finding.wrong(
        "port " + port + " is closed (expected: " + what + ")",
        "look into Pharos' log for the reason; it listens on localhost unless --listen says otherwise");
  }
}
