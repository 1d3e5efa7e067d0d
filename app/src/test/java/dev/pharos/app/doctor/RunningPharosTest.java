package dev.pharos.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against a server that answers as Pharos does, or as another program would.
class RunningPharosTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_060);

  private final Map<String, String> bodies = new ConcurrentHashMap<>();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = bodies.get(exchange.getRequestURI().getPath());
          byte[] bytes = (body == null ? "none" : body).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().equals("/v1/traces")
                  ? 405
                  : body == null ? 404 : 200,
              bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    bodies.put("/", "ok");
    bodies.put("/metrics", "pharos_up 1\n");
    bodies.put("/loki/api/v1/status/buildinfo", "{\"version\":\"3\"}");
    bodies.put("/api/echo", "echo");
    bodies.put("/tempo/api/echo", "echo");
    bodies.put("/api/services", "{\"data\":[]}");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private RunningPharos running(int loki) {
    int port = port();
    return new RunningPharos(
        "localhost", new Ports(port, port, port, port, loki, port, port, port, port));
  }

  private static List<String> wrong(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.level() == Finding.Level.WRONG)
        .map(Finding::what)
        .toList();
  }

  @Test
  void findsNothingWrongWithOneThatAnswers() {
    assertThat(running(port()).ports()).hasSize(8);
    assertThat(wrong(running(port()).ports())).isEmpty();
  }

  @Test
  void tellsAPortThatAnotherProgramHas() {
    bodies.remove("/api/echo");
    assertThat(wrong(running(port()).ports()))
        .containsExactly("port " + port() + " is not Pharos' (expected: the Tempo API)");
  }

  @Test
  void tellsAPortThatIsClosed() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(wrong(running(free).ports()))
        .containsExactly("port " + free + " is closed (expected: the Loki API)");
  }

  @Test
  void tellsWhatArrivedAndWhatWasRefused() {
    bodies.put(
        "/metrics",
        """
        pharos_receiver_received_items_total{receiver="otlp/pharos",signal="traces",transport="grpc"} 5
        pharos_receiver_received_items_total{receiver="otlp/pharos",signal="traces",transport="http"} 2
        pharos_receiver_last_accepted_timestamp_seconds{receiver="otlp/pharos",signal="traces",transport="grpc"} 1.7000000E9
        pharos_receiver_last_accepted_timestamp_seconds{receiver="otlp/pharos",signal="traces",transport="http"} 1.700000042E9
        pharos_receiver_last_accepted_timestamp_seconds{receiver="otlp/pharos",signal="metrics",transport="http"} 1.69999E9
        pharos_receiver_received_items_total{receiver="otlp/pharos",signal="metrics",transport="http"} 2
        pharos_receiver_refused_items_total{cause="invalid_id",receiver="otlp/pharos",signal="traces"} 1
        pharos_receiver_undecodable_requests_total{receiver="otlp/pharos",signal="logs"} 3
        """);
    bodies.put("/api/v1/query", "{\"data\":{\"result\":[{\"value\":[1.5,\"3600\"]}]}}");
    List<String> said =
        new Arrivals(running(port()), Clock.fixed(NOW, ZoneOffset.UTC))
            .check().stream().map(Finding::toString).toList();
    assertThat(said)
        .anySatisfy(
            text ->
                assertThat(text)
                    .contains("traces: 7 items received since the start, the last 18 s ago"))
        .anySatisfy(
            text ->
                assertThat(text)
                    .contains("metrics: 2")
                    .contains("the last 167 min ago")
                    .contains("still run"))
        .anySatisfy(text -> assertThat(text).contains("logs: nothing received"))
        .anySatisfy(text -> assertThat(text).contains("1 items were refused: invalid_id"))
        .anySatisfy(text -> assertThat(text).contains("3 requests could not be decoded"))
        .anySatisfy(text -> assertThat(text).contains("3600 s ahead of now"));
  }
}
