package dev.pharos.transport;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.transport.HttpFailure.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClientTest {
  @Test
  void usesAConnectionAgain() throws Exception {
    var ports = ConcurrentHashMap.<Integer>newKeySet();
    HttpRoute route =
        HttpRoute.of(
            "GET",
            "/x",
            (request, reply) -> {
              ports.add(request.remoteAddress().getPort());
              reply.sendText(200, "");
            });
    try (var server = new Loopback(route);
        HttpClient client = server.http1()) {
      for (int i = 0; i < 20; i++) {
        Loopback.get(client.send(HttpCall.get(server.uri("/x"))));
      }
      assertThat(ports).hasSize(1);
    }
  }

  @Test
  void compressesAsHardAsItIsTold() throws Exception {
    HttpRoute route =
        HttpRoute.of(
            "POST",
            "/x",
            (request, reply) ->
                reply.sendText(200, request.headers().first("content-length").get()));
    String text =
        new Random(1)
            .ints(20_000, 0, 300)
            .mapToObj(word -> Integer.toString(word * 7_919, 36))
            .collect(joining(" "));
    try (var server = new Loopback(route);
        HttpClient client = server.http1()) {
      var sent = new ArrayList<Integer>();
      for (int level : new int[] {0, 9}) {
        HttpCall call =
            HttpCall.post(server.uri("/x"), "text/plain", Body.of(text))
                .withEncoding(ContentEncoding.GZIP, level);
        sent.add(Integer.valueOf(Loopback.get(client.send(call)).body().text()));
      }
      assertThat(sent.getFirst()).isGreaterThan(sent.getLast());
    }
  }

  @Test
  void opensNoMoreConnectionsThanAllowed() throws Exception {
    var open = new AtomicInteger();
    var most = new AtomicInteger();
    HttpRoute route =
        HttpRoute.of(
            "GET",
            "/x",
            (request, reply) -> {
              most.accumulateAndGet(open.incrementAndGet(), Math::max);
              Thread.yield();
              open.decrementAndGet();
              reply.sendText(200, "");
            });
    try (var server = new Loopback(route);
        HttpClient client =
            server.transport.httpClient(HttpClientSettings.DEFAULT.withMaxConnections(2))) {
      List<CompletableFuture<HttpResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        calls.add(client.send(HttpCall.get(server.uri("/x"))));
      }
      for (CompletableFuture<HttpResponse> call : calls) {
        assertThat(Loopback.get(call).status()).isEqualTo(200);
      }
      assertThat(most.get()).isBetween(1, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void failsWhenTheTimeIsUpAndFreesTheServer(boolean http2) throws Exception {
    var cancelled = new CountDownLatch(1);
    HttpRoute silent =
        HttpRoute.of("GET", "/x", (request, reply) -> request.onCancel(cancelled::countDown));
    try (var server = new Loopback(silent);
        HttpClient client = http2 ? server.http2() : server.http1()) {
      HttpCall call = HttpCall.get(server.uri("/x")).withTimeout(Duration.ofMillis(200));
      assertThat(Loopback.httpFailure(client.send(call)).kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(cancelled.await(Loopback.SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void breaksACancelledCallOff(boolean http2) throws Exception {
    var started = new CountDownLatch(1);
    var cancelled = new CountDownLatch(1);
    HttpRoute silent =
        HttpRoute.of(
            "GET",
            "/x",
            (request, reply) -> {
              request.onCancel(cancelled::countDown);
              started.countDown();
            });
    try (var server = new Loopback(silent);
        HttpClient client = http2 ? server.http2() : server.http1()) {
      CompletableFuture<HttpResponse> call = client.send(HttpCall.get(server.uri("/x")));
      assertThat(started.await(Loopback.SECONDS, TimeUnit.SECONDS)).isTrue();
      call.cancel(true);
      assertThat(cancelled.await(Loopback.SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void saysWhyItCouldNotConnect() throws Exception {
    URI gone;
    try (var server =
        new Loopback(HttpRoute.of("GET", "/x", (request, reply) -> reply.sendText(200, "")))) {
      gone = server.uri("/x");
    }
    try (Transport transport = Transport.open(1);
        HttpClient client = transport.httpClient(HttpClientSettings.DEFAULT)) {
      HttpFailure refused = Loopback.httpFailure(client.send(HttpCall.get(gone)));
      assertThat(refused.kind()).isEqualTo(Kind.CONNECT);
      assertThat(refused).hasMessageContaining(gone.getRawAuthority());
      HttpCall nowhere = HttpCall.get(URI.create("http://no-such-host.invalid/x"));
      HttpFailure unknown = Loopback.httpFailure(client.send(nowhere));
      assertThat(unknown.kind()).isEqualTo(Kind.UNKNOWN_HOST);
      assertThat(unknown).hasMessageContaining("no-such-host.invalid");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesAnAnswerAboveItsLimit(boolean http2) throws Exception {
    HttpRoute route =
        HttpRoute.of(
            "GET", "/x", (request, reply) -> reply.send(200, "", Body.of(new byte[5_000_000])));
    try (var server = new Loopback(route)) {
      var settings =
          new HttpClientSettings(
              ClientTls.DEFAULT, Duration.ofSeconds(5), 0, Duration.ZERO, http2, 1_000_000);
      try (HttpClient client = server.transport.httpClient(settings)) {
        assertThat(Loopback.httpFailure(client.send(HttpCall.get(server.uri("/x")))).kind())
            .isEqualTo(Kind.RESPONSE_TOO_LARGE);
      }
    }
  }

  @Test
  void failsCallsOfAClosedClient() throws Exception {
    try (var server = new Loopback(HttpRoute.of("GET", "/x", (request, reply) -> {}))) {
      HttpClient client = server.http1();
      CompletableFuture<HttpResponse> under = client.send(HttpCall.get(server.uri("/x")));
      client.close();
      assertThat(Loopback.httpFailure(under).kind()).isIn(Kind.BROKEN, Kind.CANCELLED);
      assertThat(Loopback.httpFailure(client.send(HttpCall.get(server.uri("/x")))).kind())
          .isEqualTo(Kind.CANCELLED);
    }
  }

  @Test
  void survivesConnectionsThatTheServerClosesBetweenCalls() throws Exception {
    Listener listener =
        Listener.of(
                new Address("127.0.0.1", 0),
                HttpRoute.of("GET", "/x", (request, reply) -> reply.sendText(200, "")))
            .withConnections(ConnectionLimits.DEFAULT.withKeepAlive(false));
    try (var server = new Loopback(listener);
        HttpClient client = server.http1()) {
      for (int i = 0; i < 50; i++) {
        assertThat(Loopback.get(client.send(HttpCall.get(server.uri("/x")))).status())
            .isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
  void isServedToTheJdksClientToo(java.net.http.HttpClient.Version version) throws Exception {
    HttpRoute route =
        HttpRoute.of("POST", "/x", (request, reply) -> reply.send(200, "", request.body()));
    try (var server = new Loopback(route);
        var client = java.net.http.HttpClient.newBuilder().version(version).build()) {
      for (int i = 0; i < 3; i++) {
        var answer =
            client.send(
                java.net.http.HttpRequest.newBuilder(server.uri("/x"))
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("echo " + i))
                    .build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("echo " + i);
      }
    }
  }
}
