package dev.pharos.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
  private static final HttpHandler CHECKSUM =
      (request, reply) -> reply.sendText(200, checksum(request.body()));

  private static String checksum(Body body) {
    var crc = new CRC32();
    crc.update(body.array(), body.offset(), body.length());
    return body.length() + " " + crc.getValue();
  }

  private static Body random(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return Body.of(bytes);
  }

  private static HttpResponse post(
      Loopback server, boolean http2, Body body, ContentEncoding encoding) throws Exception {
    try (HttpClient client = http2 ? server.http2() : server.http1()) {
      return Loopback.get(
          client.send(HttpCall.post(server.uri("/x"), "text/plain", body).withEncoding(encoding)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false,0",
    "true,0",
    "false,1",
    "true,1",
    "false,70000",
    "true,70000",
    "false,9000000",
    "true,9000000"
  })
  void handsOverBodiesOfEverySize(boolean http2, int size) throws Exception {
    try (var server = new Loopback(HttpRoute.of("POST", "/x", CHECKSUM))) {
      Body body = random(size);
      assertThat(post(server, http2, body, ContentEncoding.IDENTITY).body().text())
          .isEqualTo(checksum(body));
    }
  }

  @ParameterizedTest
  @CsvSource({"false,GZIP", "true,GZIP", "false,ZSTD", "true,ZSTD", "true,DEFLATE"})
  void decompressesBodies(boolean http2, ContentEncoding encoding) throws Exception {
    try (var server = new Loopback(HttpRoute.of("POST", "/x", CHECKSUM))) {
      Body body = random(300_000);
      assertThat(post(server, http2, body, encoding).body().text()).isEqualTo(checksum(body));
    }
  }

  @ParameterizedTest
  @CsvSource({"false,GZIP", "true,GZIP", "false,ZSTD", "true,ZSTD"})
  void refusesABombWith413AndKeepsServing(boolean http2, ContentEncoding encoding)
      throws Exception {
    try (var server =
        new Loopback(HttpRoute.of("POST", "/x", CHECKSUM).withMaxBodyBytes(1 << 20))) {
      Body bomb = Body.of(new byte[64 << 20]);
      HttpResponse answer = post(server, http2, bomb, encoding);
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body().text()).contains("1048576");
      assertThat(post(server, http2, random(10), encoding).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesAnOversizedBodyWithoutReadingItWhole(boolean http2) throws Exception {
    try (var server = new Loopback(HttpRoute.of("POST", "/x", CHECKSUM).withMaxBodyBytes(1000))) {
      assertThat(post(server, http2, random(1001), ContentEncoding.IDENTITY).status())
          .isEqualTo(413);
      assertThat(post(server, http2, random(1000), ContentEncoding.IDENTITY).status())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void letsTheRouteAnswerBodyProblemsInItsOwnWords(boolean http2) throws Exception {
    HttpRoute route =
        HttpRoute.of("POST", "/x", CHECKSUM)
            .withEncodings(Set.of(ContentEncoding.IDENTITY, ContentEncoding.GZIP))
            .withProblems(
                (request, problem, reply) ->
                    reply.sendText(418, request.method() + ": " + problem.message()));
    try (var server = new Loopback(route)) {
      assertThat(post(server, http2, random(10), ContentEncoding.ZSTD).body().text())
          .isEqualTo("POST: unsupported Content-Encoding: zstd");
      try (HttpClient client = http2 ? server.http2() : server.http1()) {
        HttpCall lying =
            HttpCall.post(server.uri("/x"), "text/plain", Body.of("plain"))
                .withHeaders(Headers.of("content-encoding", "gzip"));
        HttpResponse answer = Loopback.get(client.send(lying));
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.body().text()).startsWith("POST: the body is not valid gzip");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void handsCompressedBodiesOverAsSentWhereTheRouteAsksForIt(boolean http2) throws Exception {
    HttpRoute route = HttpRoute.of("POST", "/x", CHECKSUM).withEncodings(Set.of());
    try (var server = new Loopback(route)) {
      Body body = random(5000);
      Body packed = Compressor.compress(ContentEncoding.GZIP, Compressor.DEFAULT_LEVEL, body);
      assertThat(post(server, http2, body, ContentEncoding.GZIP).body().text())
          .isEqualTo(checksum(packed));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void compressesRepliesWhereTheRouteAsksForIt(boolean http2) throws Exception {
    String text = "tick ".repeat(1000);
    HttpRoute route =
        HttpRoute.of("GET", "/x", (request, reply) -> reply.sendText(200, text))
            .withCompressedReplies();
    try (var server = new Loopback(route);
        HttpClient client = http2 ? server.http2() : server.http1()) {
      HttpResponse packed = Loopback.get(client.send(HttpCall.get(server.uri("/x"))));
      assertThat(packed.headers().first("content-encoding")).contains("gzip");
      assertThat(packed.body().text()).isEqualTo(text);
      HttpResponse plain =
          Loopback.get(
              client.send(
                  HttpCall.get(server.uri("/x"))
                      .withHeaders(Headers.of("accept-encoding", "gzip;q=0, identity"))));
      assertThat(plain.headers().first("content-encoding")).isEmpty();
      assertThat(plain.body().text()).isEqualTo(text);
    }
  }
}
