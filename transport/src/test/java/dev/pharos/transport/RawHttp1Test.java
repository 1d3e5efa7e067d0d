package dev.pharos.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawHttp1Test {
  private static final HttpHandler ECHO =
      (request, reply) ->
          reply.send(200, "", Body.of(request.path() + "=" + request.body().text() + ";"));

  private static Socket connect(Loopback server) throws IOException {
    var socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(Loopback.SECONDS));
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VIRTUAL", "INLINE"})
  void answersPipelinedRequestsInOrder(Execution execution) throws Exception {
    try (var server = new Loopback(HttpRoute.of("*", "/{n}", ECHO).withExecution(execution));
        Socket socket = connect(server)) {
      var requests = new StringBuilder();
      var expected = new StringBuilder();
      for (int i = 0; i < 100; i++) {
        requests
            .append("POST /")
            .append(i)
            .append(" HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
        expected.append("/").append(i).append("=abc;");
      }
      requests.append("GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      write(socket, requests.toString());
      String answers = rest(socket);
      var bodies = new StringBuilder();
      for (String line : answers.split("HTTP/1.1 200 OK\r\n")) {
        bodies.append(
            line.substring(
                line.indexOf("\r\n\r\n") < 0 ? line.length() : line.indexOf("\r\n\r\n") + 4));
      }
      assertThat(bodies.toString()).isEqualTo(expected + "/last=;");
    }
  }

  @Test
  void answersAClientThatEndedItsSendingSide() throws Exception {
    var cancelled = new CompletableFuture<HttpReply>();
    HttpHandler handler = (request, reply) -> request.onCancel(() -> cancelled.complete(reply));
    try (var server = new Loopback(HttpRoute.of("GET", "/x", handler));
        Socket socket = connect(server)) {
      write(socket, "GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
      socket.shutdownOutput();
      Loopback.get(cancelled).sendText(200, "late but whole");
      assertThat(rest(socket)).startsWith("HTTP/1.1 200 OK").endsWith("late but whole");
    }
  }

  @Test
  void tellsTheHandlerThatItsClientHasGone() throws Exception {
    var started = new CountDownLatch(1);
    var cancelled = new CountDownLatch(1);
    HttpHandler handler =
        (request, reply) -> {
          request.onCancel(cancelled::countDown);
          started.countDown();
        };
    try (var server = new Loopback(HttpRoute.of("GET", "/x", handler))) {
      try (Socket socket = connect(server)) {
        write(socket, "GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(started.await(Loopback.SECONDS, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(cancelled.await(Loopback.SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void asksForTheBodyOfAClientThatExpects100() throws Exception {
    try (var server = new Loopback(HttpRoute.of("POST", "/x", ECHO));
        Socket socket = connect(server)) {
      String head = "POST /x HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n";
      write(socket, head + "Content-Length: 3\r\nConnection: close\r\n\r\n");
      byte[] asked = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
      assertThat(new String(asked, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 100");
      write(socket, "abc");
      assertThat(rest(socket)).endsWith("/x=abc;");
    }
  }

  @Test
  void refusesAClientThatExpects100BeforeItSends() throws Exception {
    try (var server = new Loopback(HttpRoute.of("POST", "/x", ECHO).withMaxBodyBytes(10));
        Socket socket = connect(server)) {
      write(
          socket,
          "POST /x HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n");
      assertThat(rest(socket)).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void answersAnEndlessBodyAtTheLimitAndCloses() throws Exception {
    try (var server = new Loopback(HttpRoute.of("POST", "/x", ECHO).withMaxBodyBytes(1000));
        Socket socket = connect(server)) {
      write(socket, "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < 100_000; i++) {
                    write(socket, chunk);
                  }
                } catch (IOException e) {
                  return;
                }
                throw new AssertionError("the server read 3 GB of a body of at most 1000 bytes");
              });
      byte[] head = socket.getInputStream().readNBytes(12);
      assertThat(new String(head, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 413");
      Loopback.get(sending);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "\u0000\u0001\u0002\r\n\r\n"
      })
  void refusesWhatIsNotHttpAndGoesOnServingOthers(String garbage) throws Exception {
    try (var server = new Loopback(HttpRoute.of("*", "/x", ECHO))) {
      try (Socket socket = connect(server)) {
        write(socket, garbage);
        assertThat(rest(socket)).startsWith("HTTP/1.1 400");
      }
      try (Socket socket = connect(server)) {
        write(socket, "GET /x HTTP/1.0\r\n\r\n");
        assertThat(rest(socket)).endsWith("/x=;");
      }
    }
  }

  @Test
  void refusesALineThatIsTooLong() throws Exception {
    try (var server = new Loopback(HttpRoute.of("*", "/x", ECHO));
        Socket socket = connect(server)) {
      write(socket, "GET /x?" + "y".repeat(70_000) + " HTTP/1.1\r\n\r\n");
      assertThat(rest(socket)).startsWith("HTTP/1.1 414");
    }
  }

  @Test
  void closesAConnectionThatIsIdle() throws Exception {
    var limits = ConnectionLimits.DEFAULT.withIdle(Duration.ofMillis(50));
    try (var server =
            new Loopback(
                Listener.of(Address.loopback(0), HttpRoute.of("*", "/x", ECHO))
                    .withConnections(limits));
        Socket socket = connect(server)) {
      write(socket, "GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(rest(socket)).endsWith("/x=;");
    }
  }

  @Test
  void closesAConnectionWhoseRequestDoesNotEnd() throws Exception {
    var limits = ConnectionLimits.DEFAULT.withReadTimeout(Duration.ofMillis(50));
    try (var server =
            new Loopback(
                Listener.of(Address.loopback(0), HttpRoute.of("*", "/x", ECHO))
                    .withConnections(limits));
        Socket socket = connect(server)) {
      write(socket, "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na");
      assertThat(rest(socket)).isEmpty();
    }
  }

  @Test
  void closesAfterEachRequestWhereKeepAliveIsOff() throws Exception {
    try (var server =
            new Loopback(
                Listener.of(Address.loopback(0), HttpRoute.of("*", "/x", ECHO))
                    .withConnections(ConnectionLimits.DEFAULT.withKeepAlive(false)));
        Socket socket = connect(server)) {
      write(socket, "GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(rest(socket)).contains("connection: close").endsWith("/x=;");
    }
  }
}
