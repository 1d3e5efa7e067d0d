package dev.pharos.components.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.components.listener.Claim.Origin;
import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.transport.Address;
import dev.pharos.transport.Body;
import dev.pharos.transport.GrpcCall;
import dev.pharos.transport.GrpcClient;
import dev.pharos.transport.GrpcClientSettings;
import dev.pharos.transport.GrpcRoute;
import dev.pharos.transport.HttpCall;
import dev.pharos.transport.HttpClient;
import dev.pharos.transport.HttpClientSettings;
import dev.pharos.transport.HttpResponse;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Listener;
import dev.pharos.transport.Listening;
import dev.pharos.transport.Pem;
import dev.pharos.transport.Route;
import dev.pharos.transport.ServerTls;
import dev.pharos.transport.Transport;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenersTest {
  private final Transport transport = Transport.open(1);
  private final Listeners listeners = new Listeners(transport);
  private final HttpClient client = transport.httpClient(HttpClientSettings.DEFAULT);

  @AfterEach
  void close() {
    listeners.close();
    transport.close();
  }

  /// A port that was free a moment ago.
  private int freePort() {
    try (Listening probe = transport.listen(Listener.of(new Address("127.0.0.1", 0)))) {
      return probe.address().port();
    }
  }

  private static Route says(String path, String text) {
    return HttpRoute.of("GET", path, (request, reply) -> reply.sendText(200, text));
  }

  private static Claim claim(String owner, Origin origin, String host, int port, Route... routes) {
    return Claim.of(owner, "test", origin, new Address(host, port), List.of(routes));
  }

  private HttpResponse get(Address address, String path) throws Exception {
    return client
        .send(HttpCall.get(URI.create("http://" + address + path)))
        .get(20, TimeUnit.SECONDS);
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(listeners::open)
        .isInstanceOf(ComponentException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    assertThat(listeners.addresses()).isEmpty();
  }

  @Test
  void mergesTheRoutesOfOneAddress() throws Exception {
    int port = freePort();
    listeners.claim(claim("a", Origin.USER, "127.0.0.1", port, says("/a", "of a")));
    listeners.claim(
        claim(
            "b",
            Origin.USER,
            "localhost",
            port,
            says("/b", "of b"),
            GrpcRoute.of("x.Y/Z", (request, reply) -> reply.send(request.message()))));
    listeners.open();
    assertThat(listeners.addresses()).hasSize(1);
    Address address = listeners.addresses().get(0);
    assertThat(get(address, "/a").body().text()).isEqualTo("of a");
    assertThat(get(address, "/b").body().text()).isEqualTo("of b");
    assertThat(get(address, "/c").status()).isEqualTo(404);
    try (GrpcClient grpc = transport.grpcClient(GrpcClientSettings.of(address))) {
      assertThat(grpc.call(GrpcCall.of("x.Y/Z", Body.of("hello"))).get(20, TimeUnit.SECONDS).text())
          .isEqualTo("hello");
    }
  }

  @Test
  void keepsClaimsToPortZeroApart() {
    Claim one = claim("a", Origin.USER, "127.0.0.1", 0, says("/x", "one"));
    Claim other = claim("b", Origin.USER, "127.0.0.1", 0, says("/x", "other"));
    listeners.claim(one);
    listeners.claim(other);
    listeners.open();
    assertThat(listeners.addresses()).hasSize(2);
    assertThat(listeners.address(one)).isPresent().isNotEqualTo(listeners.address(other));
  }

  @Test
  void refusesOneRouteForTwoUsersAndNamesBoth() {
    int port = freePort();
    listeners.claim(claim("otlp/a (x.yaml:3:5)", Origin.USER, "127.0.0.1", port, says("/v1", "a")));
    listeners.claim(claim("otlp/b (x.yaml:9:5)", Origin.USER, "127.0.0.1", port, says("/v1", "b")));
    assertRefused("otlp/a (x.yaml:3:5)", "otlp/b (x.yaml:9:5)", "GET /v1", ":" + port);
  }

  @Test
  void letsTwoUsersShareAPathByMethod() throws Exception {
    int port = freePort();
    listeners.claim(claim("a", Origin.USER, "127.0.0.1", port, says("/x", "got")));
    listeners.claim(
        claim(
            "b",
            Origin.USER,
            "127.0.0.1",
            port,
            HttpRoute.of("POST", "/x", (request, reply) -> reply.sendText(200, "posted"))));
    listeners.open();
    Address address = listeners.addresses().get(0);
    assertThat(get(address, "/x").body().text()).isEqualTo("got");
    HttpResponse posted =
        client
            .send(HttpCall.post(URI.create("http://" + address + "/x"), "text/plain", Body.EMPTY))
            .get(20, TimeUnit.SECONDS);
    assertThat(posted.body().text()).isEqualTo("posted");
  }

  @Test
  void refusesTlsForOneUserAndNoneForTheOther() {
    int port = freePort();
    var tls = ServerTls.of(Pem.text("certificate"), Pem.text("key"));
    listeners.claim(
        claim("a (x.yaml:1:1)", Origin.USER, "127.0.0.1", port, says("/a", "a"))
            .withTls(Optional.of(tls)));
    listeners.claim(claim("b (x.yaml:2:1)", Origin.USER, "127.0.0.1", port, says("/b", "b")));
    assertRefused("a (x.yaml:1:1)", "b (x.yaml:2:1)", "different TLS settings");
  }

  @Test
  void prefersAUsersRouteToTheBuiltInOneAndKeepsTheOthers() throws Exception {
    int port = freePort();
    listeners.claim(
        claim(
            "otlp/pharos",
            Origin.BUILT_IN,
            "localhost",
            port,
            says("/v1/traces", "built in"),
            says("/v1/logs", "built in")));
    listeners.claim(claim("otlp", Origin.USER, "127.0.0.1", port, says("/v1/traces", "user's")));
    listeners.open();
    Address address = listeners.addresses().get(0);
    assertThat(get(address, "/v1/traces").body().text()).isEqualTo("user's");
    assertThat(get(address, "/v1/logs").body().text()).isEqualTo("built in");
  }

  @Test
  void saysWhichRouteWasTakenOverFromWhom() {
    List<SharedAddress> shared =
        SharedAddress.group(
            List.of(
                claim("otlp/pharos", Origin.BUILT_IN, "localhost", 4318, says("/v1/traces", "")),
                claim("otlp (x.yaml:1:1)", Origin.USER, "0.0.0.0", 4318, says("/v1/traces", ""))));
    assertThat(shared).hasSize(1);
    assertThat(shared.get(0).problem()).isEmpty();
    assertThat(shared.get(0).address()).isEqualTo(new Address("0.0.0.0", 4318));
    assertThat(shared.get(0).replaced())
        .singleElement()
        .asString()
        .contains("otlp (x.yaml:1:1)", "GET /v1/traces", "otlp/pharos");
  }

  @Test
  void takesAnyBusyPortOfAUserAsFatal() {
    try (Listening busy = transport.listen(Listener.of(new Address("127.0.0.1", 0)))) {
      listeners.claim(
          claim(
              "otlp (x.yaml:1:1)", Origin.USER, "127.0.0.1", busy.address().port(), says("/", "")));
      assertRefused("otlp (x.yaml:1:1)", "in use", ":" + busy.address().port());
    }
  }

  @Test
  void skipsABusyPortThatIsNotNeeded() {
    try (Listening busy = transport.listen(Listener.of(new Address("127.0.0.1", 0)))) {
      int port = busy.address().port();
      Claim optional =
          claim("query/pharos", Origin.BUILT_IN_OPTIONAL, "127.0.0.1", port, says("/", ""));
      listeners.claim(optional);
      listeners.open();
      assertThat(listeners.address(optional)).isEmpty();
      assertThat(listeners.addresses()).isEmpty();
    }
  }

  @Test
  void movesToTheNextFreePortWhereItMay() throws Exception {
    try (Listening busy = transport.listen(Listener.of(new Address("127.0.0.1", 0)))) {
      int port = busy.address().port();
      Claim movable =
          claim("query/pharos", Origin.BUILT_IN_MOVABLE, "127.0.0.1", port, says("/", "here"));
      listeners.claim(movable);
      listeners.open();
      Address address = listeners.address(movable).orElseThrow();
      assertThat(address.port()).isGreaterThan(port).isLessThanOrEqualTo(port + 20);
      assertThat(get(address, "/").body().text()).isEqualTo("here");
    }
  }

  @Test
  void givesEverythingBack() {
    Claim claim = claim("a", Origin.USER, "127.0.0.1", 0, says("/x", "x"));
    listeners.claim(claim);
    listeners.open();
    Address address = listeners.address(claim).orElseThrow();
    listeners.close();
    assertThat(listeners.addresses()).isEmpty();
    try (Listening again = transport.listen(Listener.of(address))) {
      assertThat(again.address()).isEqualTo(address);
    }
  }
}
