package dev.pharos.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRoutingTest {
  private static HttpHandler says(String text) {
    return (request, reply) -> reply.sendText(200, text);
  }

  private static HttpResponse get(Loopback server, boolean http2, String method, String target)
      throws Exception {
    try (HttpClient client = http2 ? server.http2() : server.http1()) {
      return Loopback.get(
          client.send(
              new HttpCall(
                  method,
                  server.uri(target),
                  Headers.EMPTY,
                  Body.EMPTY,
                  ContentEncoding.IDENTITY,
                  Compressor.DEFAULT_LEVEL,
                  java.time.Duration.ZERO)));
    }
  }

  @Test
  void tellsOfRequestsWithoutARouteAndOfNoOthers() throws Exception {
    var strays = new java.util.concurrent.LinkedBlockingQueue<Strays.Stray>();
    try (var server =
        new Loopback(HttpRoute.of("GET", "/x", says("x")), new Strays("test", strays::add))) {
      assertThat(get(server, false, "GET", "/x").status()).isEqualTo(200);
      assertThat(get(server, true, "PUT", "/y?z=1").status()).isEqualTo(404);
      var settings = GrpcClientSettings.of(server.listening.address());
      try (GrpcClient client = server.transport.grpcClient(settings)) {
        Loopback.grpcFailure(client.call(GrpcCall.of("a.B/C", Body.EMPTY)));
      }
    }
    assertThat(strays)
        .containsExactly(
            new Strays.Stray(false, "PUT", "/y"), new Strays.Stray(true, "POST", "/a.B/C"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void choosesTheMostExactRoute(boolean http2) throws Exception {
    try (var server =
        new Loopback(
            HttpRoute.of(
                "GET",
                "/ui/*",
                (request, reply) -> reply.sendText(200, "rest " + request.pathParameter("*"))),
            HttpRoute.of(
                "GET",
                "/a/{x}",
                (request, reply) -> reply.sendText(200, "x=" + request.pathParameter("x"))),
            HttpRoute.of("GET", "/a/b", says("exact")))) {
      assertThat(get(server, http2, "GET", "/a/b").body().text()).isEqualTo("exact");
      assertThat(get(server, http2, "GET", "/a/c%2Fd%20+e").body().text()).isEqualTo("x=c/d +e");
      assertThat(get(server, http2, "GET", "/ui/js/app.js").body().text())
          .isEqualTo("rest js/app.js");
      assertThat(get(server, http2, "GET", "/a/b/c").status()).isEqualTo(404);
      assertThat(get(server, http2, "GET", "/ui").status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answers405WithTheMethodsThatArePossible(boolean http2) throws Exception {
    try (var server =
        new Loopback(
            HttpRoute.of("POST", "/v1/traces", says("post")),
            HttpRoute.of("GET", "/v1/traces", says("get")))) {
      HttpResponse answer = get(server, http2, "DELETE", "/v1/traces");
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.headers().first("Allow")).contains("GET, HEAD, POST");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersHeadWithoutABody(boolean http2) throws Exception {
    try (var server = new Loopback(HttpRoute.of("GET", "/x", says("four")))) {
      HttpResponse answer = get(server, http2, "HEAD", "/x");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers().first("content-length")).contains("4");
      assertThat(answer.body().isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givesParametersOfFormThenQueryInOrder(boolean http2) throws Exception {
    HttpHandler handler =
        (request, reply) ->
            reply.sendText(
                200,
                request.parameters().all("match[]")
                    + " "
                    + request.query().all("match[]")
                    + " "
                    + request.rawQuery());
    try (var server = new Loopback(HttpRoute.of("POST", "/q", handler));
        HttpClient client = http2 ? server.http2() : server.http1()) {
      HttpCall call =
          HttpCall.post(
              server.uri("/q?match[]=c&match[]=d+%2B".replace("[", "%5B").replace("]", "%5D")),
              "application/x-www-form-urlencoded; charset=utf-8",
              Body.of("match%5B%5D=a&match%5B%5D=b"));
      assertThat(Loopback.get(client.send(call)).body().text())
          .isEqualTo("[a, b, c, d +] [c, d +] match%5B%5D=c&match%5B%5D=d+%2B");
    }
  }

  @Test
  void replacesRoutesWithoutClosingTheConnection() throws Exception {
    try (var server = new Loopback(HttpRoute.of("GET", "/x", says("old")));
        HttpClient client = server.http1()) {
      assertThat(Loopback.get(client.send(HttpCall.get(server.uri("/x")))).body().text())
          .isEqualTo("old");
      server.listening.replaceRoutes(List.of(HttpRoute.of("GET", "/x", says("new"))));
      assertThat(Loopback.get(client.send(HttpCall.get(server.uri("/x")))).body().text())
          .isEqualTo("new");
    }
  }

  @Test
  void refusesTwoRoutesForOneMethodAndPath() {
    var routes =
        List.of(HttpRoute.of("GET", "/x", says("a")), HttpRoute.of("GET", "/x", says("b")));
    assertThatThrownBy(() -> new RouteTable(routes)).hasMessageContaining("GET /x has two routes");
    assertThat(Set.copyOf(routes)).hasSize(2);
  }

  @Test
  void answers500WithoutTheReasonWhenAHandlerThrows() throws Exception {
    HttpHandler broken =
        (request, reply) -> {
          throw new IllegalStateException("secret");
        };
    try (var server = new Loopback(HttpRoute.of("GET", "/x", broken))) {
      HttpResponse answer = get(server, false, "GET", "/x");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body().text()).doesNotContain("secret");
    }
  }

  @Test
  void refusesHeaderValuesThatCouldEndTheField() throws Exception {
    HttpHandler splitting =
        (request, reply) -> reply.header("x", "a\r\ninjected: 1").sendText(200, "");
    try (var server = new Loopback(HttpRoute.of("GET", "/x", splitting))) {
      assertThat(get(server, false, "GET", "/x").status()).isEqualTo(500);
    }
  }
}
