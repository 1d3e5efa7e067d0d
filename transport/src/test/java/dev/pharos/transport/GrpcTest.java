package dev.pharos.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcTest {
  private static final String METHOD = "test.v1.Service/Do";
  private static final GrpcHandler ECHO = (request, reply) -> reply.send(request.message());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5000, 230_000, 4 << 20})
  void carriesMessagesOfEverySize(int size) throws Exception {
    byte[] message = new byte[size];
    new java.util.Random(size).nextBytes(message);
    for (Execution execution : Execution.values()) {
      try (var server = new Loopback(GrpcRoute.of(METHOD, ECHO).withExecution(execution));
          GrpcClient client = server.grpc()) {
        Body answer = Loopback.get(client.call(GrpcCall.of(METHOD, Body.of(message))));
        assertThat(answer.bytes()).isEqualTo(message);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD", "DEFLATE"})
  void decompressesMessages(ContentEncoding encoding) throws Exception {
    GrpcHandler handler =
        (request, reply) ->
            reply.send(
                Body.of(
                    request.metadata().first("grpc-encoding").orElse("")
                        + request.message().text()));
    try (var server = new Loopback(GrpcRoute.of(METHOD, handler))) {
      var settings = GrpcClientSettings.of(server.listening.address()).withEncoding(encoding);
      try (GrpcClient client = server.transport.grpcClient(settings)) {
        String text = "again ".repeat(9000);
        assertThat(Loopback.get(client.call(GrpcCall.of(METHOD, Body.of(text)))).text())
            .isEqualTo(encoding.token() + text);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"IDENTITY", "GZIP", "ZSTD"})
  void refusesOversizedMessagesWithResourceExhaustedAndGoesOn(ContentEncoding encoding)
      throws Exception {
    try (var server = new Loopback(GrpcRoute.of(METHOD, ECHO).withMaxMessageBytes(1000))) {
      var settings = GrpcClientSettings.of(server.listening.address()).withEncoding(encoding);
      try (GrpcClient client = server.transport.grpcClient(settings)) {
        for (int size : new int[] {1001, 30 << 20}) {
          GrpcFailure failure =
              Loopback.grpcFailure(client.call(GrpcCall.of(METHOD, Body.of(new byte[size]))));
          assertThat(failure.status()).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
          assertThat(failure).hasMessageContaining("1000");
        }
        assertThat(Loopback.get(client.call(GrpcCall.of(METHOD, Body.of(new byte[1000])))).length())
            .isEqualTo(1000);
      }
    }
  }

  @Test
  void answersUnimplementedForAnUnknownMethod() throws Exception {
    try (var server = new Loopback(GrpcRoute.of(METHOD, ECHO));
        GrpcClient client = server.grpc()) {
      GrpcFailure failure =
          Loopback.grpcFailure(client.call(GrpcCall.of("test.v1.Other/Do", Body.of("x"))));
      assertThat(failure.status()).isEqualTo(GrpcStatus.UNIMPLEMENTED);
      assertThat(failure).hasMessage("unknown method Do for service test.v1.Other");
    }
  }

  @Test
  void carriesStatusMessageAndDetails() throws Exception {
    GrpcHandler handler =
        (request, reply) ->
            reply.fail(
                GrpcStatus.UNAVAILABLE, "full: 100 %, später", Body.of(new byte[] {8, 14, 1, 2}));
    try (var server = new Loopback(GrpcRoute.of(METHOD, handler));
        GrpcClient client = server.grpc()) {
      GrpcFailure failure = Loopback.grpcFailure(client.call(GrpcCall.of(METHOD, Body.EMPTY)));
      assertThat(failure.status()).isEqualTo(GrpcStatus.UNAVAILABLE);
      assertThat(failure).hasMessage("full: 100 %, später");
      assertThat(failure.details().bytes()).containsExactly(8, 14, 1, 2);
    }
  }

  @Test
  void carriesMetadataAndDeadline() throws Exception {
    byte[] binary = {1, 2, (byte) 0xff};
    GrpcHandler handler =
        (request, reply) ->
            reply.send(
                Body.of(
                    request.method()
                        + " "
                        + request.metadata().first("X-Scope-OrgID").orElse("")
                        + " "
                        + java.util.Arrays.equals(
                            binary, request.metadata().binary("trace-bin").orElse(new byte[0]))
                        + " "
                        + (request.remainingNanos().orElse(0) > 1_000_000_000L)));
    try (var server = new Loopback(GrpcRoute.of(METHOD, handler));
        GrpcClient client = server.grpc()) {
      String packed = Base64.getEncoder().withoutPadding().encodeToString(binary);
      GrpcCall call =
          GrpcCall.of(METHOD, Body.EMPTY)
              .withMetadata(Headers.of("x-scope-orgid", "team", "trace-bin", packed))
              .withTimeout(Duration.ofSeconds(Loopback.SECONDS));
      assertThat(Loopback.get(client.call(call)).text()).isEqualTo(METHOD + " team true true");
    }
  }

  @Test
  void endsACallAtItsDeadlineAndTellsTheHandler() throws Exception {
    var cancelled = new CountDownLatch(1);
    GrpcHandler silent = (request, reply) -> request.onCancel(cancelled::countDown);
    try (var server = new Loopback(GrpcRoute.of(METHOD, silent));
        GrpcClient client = server.grpc()) {
      GrpcFailure failure =
          Loopback.grpcFailure(
              client.call(GrpcCall.of(METHOD, Body.EMPTY).withTimeout(Duration.ofMillis(300))));
      assertThat(failure.status()).isEqualTo(GrpcStatus.DEADLINE_EXCEEDED);
      assertThat(cancelled.await(Loopback.SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void tellsTheHandlerThatTheCallWasCancelled() throws Exception {
    var started = new CountDownLatch(1);
    var cancelled = new CountDownLatch(1);
    GrpcHandler silent =
        (request, reply) -> {
          request.onCancel(cancelled::countDown);
          started.countDown();
        };
    try (var server = new Loopback(GrpcRoute.of(METHOD, silent));
        GrpcClient client = server.grpc()) {
      CompletableFuture<Body> call = client.call(GrpcCall.of(METHOD, Body.EMPTY));
      assertThat(started.await(Loopback.SECONDS, TimeUnit.SECONDS)).isTrue();
      call.cancel(false);
      assertThat(cancelled.await(Loopback.SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void carriesManyCallsAtATimeOnOneConnection() throws Exception {
    var together = new CountDownLatch(500);
    GrpcHandler handler =
        (request, reply) -> {
          together.countDown();
          try {
            together.await(Loopback.SECONDS, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          reply.send(request.message());
        };
    try (var server = new Loopback(GrpcRoute.of(METHOD, handler));
        GrpcClient client = server.grpc()) {
      List<CompletableFuture<Body>> calls = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        calls.add(client.call(GrpcCall.of(METHOD, Body.of("n" + i))));
      }
      for (int i = 0; i < 500; i++) {
        assertThat(Loopback.get(calls.get(i)).text()).isEqualTo("n" + i);
      }
    }
  }

  @Test
  void holdsCallsAboveTheServersLimitBack() throws Exception {
    var open = new java.util.concurrent.atomic.AtomicInteger();
    var most = new java.util.concurrent.atomic.AtomicInteger();
    GrpcHandler handler =
        (request, reply) -> {
          most.accumulateAndGet(open.incrementAndGet(), Math::max);
          Thread.yield();
          open.decrementAndGet();
          reply.send(Body.EMPTY);
        };
    Listener listener =
        Listener.of(Address.loopback(0), GrpcRoute.of(METHOD, handler))
            .withConnections(ConnectionLimits.DEFAULT.withMaxConcurrentStreams(3));
    try (var server = new Loopback(listener);
        GrpcClient client = server.grpc()) {
      Loopback.get(client.call(GrpcCall.of(METHOD, Body.EMPTY)));
      List<CompletableFuture<Body>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        calls.add(client.call(GrpcCall.of(METHOD, Body.EMPTY)));
      }
      for (CompletableFuture<Body> call : calls) {
        Loopback.get(call);
      }
      assertThat(most.get()).isBetween(1, 3);
    }
  }

  @Test
  void streamsManyMessagesWithBackPressure() throws Exception {
    GrpcStreamHandler handler =
        (request, stream) -> {
          for (int i = 0; i < 300; i++) {
            stream.write(Body.of(new byte[10_000])).join();
          }
          stream.close();
        };
    try (var server = new Loopback(GrpcStreamRoute.of(METHOD, handler));
        HttpClient client = server.http2()) {
      HttpCall call =
          HttpCall.post(server.uri("/" + METHOD), "application/grpc", Body.of(new byte[5]));
      HttpResponse answer = Loopback.get(client.send(call));
      assertThat(answer.body().length()).isEqualTo(300 * 10_005);
    }
  }

  @Test
  void answersInternalWithoutTheReasonWhenAHandlerThrows() throws Exception {
    GrpcHandler broken =
        (request, reply) -> {
          throw new IllegalStateException("secret");
        };
    try (var server = new Loopback(GrpcRoute.of(METHOD, broken));
        GrpcClient client = server.grpc()) {
      GrpcFailure failure = Loopback.grpcFailure(client.call(GrpcCall.of(METHOD, Body.EMPTY)));
      assertThat(failure.status()).isEqualTo(GrpcStatus.INTERNAL);
      assertThat(failure.getMessage()).doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\0\0", "\0\0\0\0\u0009short", "\0\0\0\0\u0001ab", "\u0001\0\0\0\u0002xx"})
  void refusesBrokenFramesAndGoesOn(String frame) throws Exception {
    try (var server = new Loopback(GrpcRoute.of(METHOD, ECHO));
        HttpClient client = server.http2();
        GrpcClient grpc = server.grpc()) {
      Body bytes = Body.of(frame.getBytes(StandardCharsets.ISO_8859_1));
      HttpCall call =
          HttpCall.post(server.uri("/" + METHOD), "application/grpc", bytes)
              .withHeaders(Headers.of("content-type", "application/grpc", "grpc-encoding", "gzip"));
      assertThat(Loopback.get(client.send(call)).headers().first("grpc-status")).contains("13");
      assertThat(Loopback.get(grpc.call(GrpcCall.of(METHOD, Body.of("x")))).text()).isEqualTo("x");
    }
  }

  @Test
  void failsUnavailableWhereNothingListens() throws Exception {
    Address gone;
    try (var server = new Loopback(GrpcRoute.of(METHOD, ECHO))) {
      gone = server.listening.address();
    }
    try (Transport transport = Transport.open(1);
        GrpcClient client = transport.grpcClient(GrpcClientSettings.of(gone))) {
      GrpcFailure failure = Loopback.grpcFailure(client.call(GrpcCall.of(METHOD, Body.EMPTY)));
      assertThat(failure.status()).isEqualTo(GrpcStatus.UNAVAILABLE);
      assertThat(failure).hasMessageContaining(gone.toString());
    }
  }

  @Test
  void connectsAgainAfterTheServerCameBack() throws Exception {
    try (var server = new Loopback(GrpcRoute.of(METHOD, ECHO));
        GrpcClient client = server.grpc()) {
      assertThat(Loopback.get(client.call(GrpcCall.of(METHOD, Body.of("1")))).text())
          .isEqualTo("1");
      Address address = server.listening.address();
      server.listening.close();
      assertThat(Loopback.grpcFailure(client.call(GrpcCall.of(METHOD, Body.of("2")))).status())
          .isEqualTo(GrpcStatus.UNAVAILABLE);
      server.transport.listen(Listener.of(address, GrpcRoute.of(METHOD, ECHO)));
      assertThat(Loopback.get(client.call(GrpcCall.of(METHOD, Body.of("3")))).text())
          .isEqualTo("3");
    }
  }

  @Test
  void sharesAPortWithHttp() throws Exception {
    try (var server =
            new Loopback(
                GrpcRoute.of(METHOD, ECHO),
                HttpRoute.of(
                    "POST", "/" + METHOD, (request, reply) -> reply.sendText(200, "http")));
        GrpcClient grpc = server.grpc();
        HttpClient http1 = server.http1()) {
      assertThat(Loopback.get(grpc.call(GrpcCall.of(METHOD, Body.of("grpc")))).text())
          .isEqualTo("grpc");
      HttpCall call = HttpCall.post(server.uri("/" + METHOD), "text/plain", Body.EMPTY);
      assertThat(Loopback.get(http1.send(call)).body().text()).isEqualTo("http");
    }
  }
}
