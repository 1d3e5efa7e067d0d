package dev.pharos.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
  private static final HttpRoute HELLO =
      HttpRoute.of("GET", "/x", (request, reply) -> reply.sendText(200, "hello"));

  @Test
  void namesTheAddressThatIsInUse() {
    try (var server = new Loopback(HELLO)) {
      Address taken = server.listening.address();
      assertThatThrownBy(() -> server.transport.listen(Listener.of(taken, HELLO)))
          .isInstanceOfSatisfying(
              AddressInUseException.class, e -> assertThat(e.address()).isEqualTo(taken))
          .hasMessageContaining(taken.toString());
    }
  }

  @Test
  void refusesAnAddressOfAnotherMachine() {
    try (Transport transport = Transport.open(1)) {
      assertThatThrownBy(() -> transport.listen(Listener.of(new Address("192.0.2.1", 0), HELLO)))
          .isInstanceOf(TransportException.class)
          .isNotInstanceOf(AddressInUseException.class)
          .hasMessageContaining("192.0.2.1");
    }
  }

  @Test
  void servesSeveralAddressesWithTheirOwnRoutes() throws Exception {
    try (var server = new Loopback(HELLO);
        HttpClient client = server.http1()) {
      HttpRoute other = HttpRoute.of("GET", "/y", (request, reply) -> reply.sendText(200, "other"));
      Listening second = server.transport.listen(Listener.of(new Address("127.0.0.1", 0), other));
      var uri = java.net.URI.create("http://" + second.address() + "/y");
      assertThat(Loopback.get(client.send(HttpCall.get(uri))).body().text()).isEqualTo("other");
      assertThat(Loopback.get(client.send(HttpCall.get(server.uri("/y")))).status()).isEqualTo(404);
      second.close();
      assertThat(Loopback.httpFailure(client.send(HttpCall.get(uri))).kind())
          .isIn(HttpFailure.Kind.CONNECT, HttpFailure.Kind.BROKEN);
      assertThat(Loopback.get(client.send(HttpCall.get(server.uri("/x")))).body().text())
          .isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersWhatIsUnderWayBeforeItCloses(boolean http2) throws Exception {
    var started = new CompletableFuture<HttpReply>();
    HttpRoute slow = HttpRoute.of("GET", "/x", (request, reply) -> started.complete(reply));
    try (var server = new Loopback(slow);
        HttpClient client = http2 ? server.http2() : server.http1()) {
      CompletableFuture<HttpResponse> call = client.send(HttpCall.get(server.uri("/x")));
      HttpReply reply = Loopback.get(started);
      CompletableFuture<Void> closing = CompletableFuture.runAsync(server.listening::close);
      reply.sendText(200, "in time");
      assertThat(Loopback.get(call).body().text()).isEqualTo("in time");
      Loopback.get(closing);
    }
  }

  @Test
  @Timeout(10)
  void closesWithinSecondsThoughARequestNeverEnds() throws Exception {
    var started = new CompletableFuture<HttpReply>();
    var cancelled = new CountDownLatch(1);
    HttpRoute endless =
        HttpRoute.of(
            "GET",
            "/x",
            (request, reply) -> {
              request.onCancel(cancelled::countDown);
              started.complete(reply);
            });
    try (var server = new Loopback(endless);
        HttpClient client = server.http2()) {
      CompletableFuture<HttpResponse> call = client.send(HttpCall.get(server.uri("/x")));
      Loopback.get(started);
      server.listening.close();
      assertThat(Loopback.httpFailure(call).kind()).isEqualTo(HttpFailure.Kind.BROKEN);
      cancelled.await();
    }
  }

  @Test
  void slowHandlersDoNotHoldOthersUp() throws Exception {
    var release = new CountDownLatch(1);
    HttpRoute slow =
        HttpRoute.of(
            "GET",
            "/slow",
            (request, reply) -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              reply.sendText(200, "slow");
            });
    try (var server = new Loopback(slow, HELLO);
        HttpClient client = server.http1();
        HttpClient multiplexed = server.http2()) {
      List<CompletableFuture<HttpResponse>> waiting = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        waiting.add((i % 2 == 0 ? client : multiplexed).send(HttpCall.get(server.uri("/slow"))));
      }
      for (HttpClient each : List.of(client, multiplexed)) {
        assertThat(Loopback.get(each.send(HttpCall.get(server.uri("/x")))).body().text())
            .isEqualTo("hello");
      }
      release.countDown();
      for (CompletableFuture<HttpResponse> call : waiting) {
        assertThat(Loopback.get(call).body().text()).isEqualTo("slow");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void streamsChunksAndShowsAnAnswerThatBrokeOff(boolean http2) throws Exception {
    HttpRoute whole =
        HttpRoute.of(
            "GET",
            "/whole",
            (request, reply) -> {
              HttpStream stream = reply.stream(200, "text/plain");
              for (int i = 0; i < 200; i++) {
                stream.write(Body.of("0123456789".repeat(1000))).join();
              }
              stream.close();
            });
    HttpRoute broken =
        HttpRoute.of(
            "GET",
            "/broken",
            (request, reply) -> {
              HttpStream stream = reply.stream(200, "text/plain");
              stream.write(Body.of("half")).join();
              stream.abort();
            });
    try (var server = new Loopback(whole, broken);
        HttpClient client = http2 ? server.http2() : server.http1()) {
      assertThat(Loopback.get(client.send(HttpCall.get(server.uri("/whole")))).body().length())
          .isEqualTo(2_000_000);
      assertThat(Loopback.httpFailure(client.send(HttpCall.get(server.uri("/broken")))).kind())
          .isEqualTo(HttpFailure.Kind.BROKEN);
      assertThat(Loopback.get(client.send(HttpCall.get(server.uri("/whole")))).status())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com,true",
    "https://example.org,true",
    "http://app.example.com,false",
    "https://example.com,false"
  })
  void tellsBrowsersWhichOriginsMayCall(String origin, boolean allowed) throws Exception {
    var cors =
        new Cors(
            List.of("https://*.example.com", "https://example.org"),
            List.of("X-Mine"),
            List.of(),
            Duration.ofSeconds(60));
    try (var server = new Loopback(Listener.of(new Address("127.0.0.1", 0), HELLO).withCors(cors));
        HttpClient client = server.http1()) {
      HttpResponse simple =
          Loopback.get(
              client.send(
                  HttpCall.get(server.uri("/x")).withHeaders(Headers.of("origin", origin))));
      assertThat(simple.body().text()).isEqualTo("hello");
      assertThat(simple.headers().first("access-control-allow-origin").orElse(""))
          .isEqualTo(allowed ? origin : "");
      Headers asking =
          Headers.of(
              "origin", origin,
              "access-control-request-method", "POST",
              "access-control-request-headers", "content-type,x-mine");
      HttpResponse preflight =
          Loopback.get(
              client.send(
                  new HttpCall(
                      "OPTIONS",
                      server.uri("/x"),
                      asking,
                      Body.EMPTY,
                      ContentEncoding.IDENTITY,
                      Compressor.DEFAULT_LEVEL,
                      Duration.ZERO)));
      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.headers().first("access-control-allow-headers").isPresent())
          .isEqualTo(allowed);
      assertThat(preflight.headers().first("access-control-max-age").isPresent())
          .isEqualTo(allowed);
    }
  }

  @Test
  void addsTheListenersHeadersToEveryReply() throws Exception {
    Listener listener =
        Listener.of(new Address("127.0.0.1", 0), HELLO)
            .withResponseHeaders(Headers.of("X-Served-By", "pharos"));
    try (var server = new Loopback(listener);
        HttpClient client = server.http1()) {
      for (String target : new String[] {"/x", "/unknown"}) {
        assertThat(
                Loopback.get(client.send(HttpCall.get(server.uri(target))))
                    .headers()
                    .first("x-served-by"))
            .contains("pharos");
      }
    }
  }

  @Test
  void movesOldHttp2ConnectionsOn() throws Exception {
    var limits = ConnectionLimits.DEFAULT.withMaxAge(Duration.ofMillis(100), Duration.ofSeconds(1));
    var ports = java.util.concurrent.ConcurrentHashMap.<Integer>newKeySet();
    HttpRoute route =
        HttpRoute.of(
            "GET",
            "/x",
            (request, reply) -> {
              ports.add(request.remoteAddress().getPort());
              reply.sendText(200, "");
            });
    try (var server =
            new Loopback(Listener.of(new Address("127.0.0.1", 0), route).withConnections(limits));
        HttpClient client = server.http2()) {
      long until = System.nanoTime() + Duration.ofSeconds(Loopback.SECONDS).toNanos();
      while (ports.size() < 3 && System.nanoTime() < until) {
        var nothing = new HttpResponse(0, Headers.EMPTY, Body.EMPTY);
        client.send(HttpCall.get(server.uri("/x"))).exceptionally(failure -> nothing).join();
      }
      assertThat(ports.size()).isGreaterThanOrEqualTo(3);
    }
  }
}
