package dev.pharos.components.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.pipeline.component.ComponentException;
import dev.pharos.transport.Address;
import dev.pharos.transport.Cors;
import dev.pharos.transport.HttpCall;
import dev.pharos.transport.HttpClient;
import dev.pharos.transport.HttpClientSettings;
import dev.pharos.transport.HttpResponse;
import dev.pharos.transport.HttpRoute;
import dev.pharos.transport.Listener;
import dev.pharos.transport.Listening;
import dev.pharos.transport.Transport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of sockets when other claims come in place of the first ones.
@Timeout(60)
class ListenersExchangeTest {
  private static final Address ANY = new Address("127.0.0.1", 0);

  private final Transport transport = Transport.open(2);
  private final Listeners listeners = new Listeners(transport);
  private final HttpClient client = transport.httpClient(HttpClientSettings.DEFAULT);

  @AfterEach
  void close() {
    listeners.close();
    transport.close();
  }

  private static Claim claim(String owner, Address address, String path, String answer) {
    return Claim.of(
        owner,
        "test",
        Claim.Origin.USER,
        address,
        List.of(HttpRoute.of("GET", path, (request, reply) -> reply.sendText(200, answer))));
  }

  private HttpResponse get(Address address, String path) throws Exception {
    return client
        .send(HttpCall.get(URI.create("http://" + address + path)))
        .get(20, TimeUnit.SECONDS);
  }

  private String text(Address address, String path) throws Exception {
    return new String(get(address, path).body().bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void keepsTheSocketOfAComponentThatStaysOrComesAgain() throws Exception {
    Claim first = claim("a (x.yaml:1:1)", ANY, "/a", "first");
    listeners.claim(first);
    listeners.open();
    Address there = listeners.address(first).orElseThrow();

    // Another place of the same component takes the port over, with other routes.
    Claim second = claim("a (x.yaml:9:9)", ANY, "/a", "second");
    listeners.claim(second);
    listeners.exchange(Set.of());
    assertThat(listeners.address(second)).contains(there);
    assertThat(text(there, "/a")).isEqualTo("second");

    listeners.exchange(Set.of("a (x.yaml:9:9)"));
    assertThat(listeners.address(second)).contains(there);
    assertThat(listeners.addresses()).containsExactly(there);
  }

  @Test
  void sharesAPortWithWhoComesLaterAndClosesItWithTheLast() throws Exception {
    Address port = freePort();
    listeners.claim(claim("a", port, "/a", "A"));
    listeners.open();
    listeners.claim(claim("b", port, "/b", "B"));
    listeners.exchange(Set.of("a"));
    assertThat(text(port, "/a") + text(port, "/b")).isEqualTo("AB");
    listeners.exchange(Set.of("b"));
    assertThat(get(port, "/a").status()).isEqualTo(404);
    assertThat(text(port, "/b")).isEqualTo("B");
    listeners.exchange(Set.of());
    assertThat(listeners.addresses()).isEmpty();
    assertThatThrownBy(() -> get(port, "/b")).isInstanceOf(ExecutionException.class);
  }

  @Test
  void opensAPortAgainWhoseSettingsChange() throws Exception {
    Address port = freePort();
    listeners.claim(claim("a", port, "/a", "A"));
    listeners.open();
    var cors = new Cors(List.of("*"), List.of(), List.of(), Duration.ZERO);
    listeners.claim(claim("a2", port, "/a", "A2").withCors(Optional.of(cors)));
    listeners.exchange(Set.of());
    assertThat(text(port, "/a")).isEqualTo("A2");
  }

  @Test
  void leavesEverythingAsItWasIfAnAddressIsNotToBeHad() throws Exception {
    Address port = freePort();
    listeners.claim(claim("a", port, "/a", "A"));
    listeners.open();
    try (Listening busy = transport.listen(Listener.of(ANY))) {
      Address free = freePort();
      listeners.claim(claim("b", free, "/b", "B"));
      listeners.claim(claim("c", busy.address(), "/c", "C"));
      assertThatThrownBy(() -> listeners.exchange(Set.of()))
          .isInstanceOf(ComponentException.class)
          .hasMessageContaining("is in use");
      listeners.forget();
      assertThat(listeners.addresses()).containsExactly(port);
      assertThat(text(port, "/a")).isEqualTo("A");
      assertThatThrownBy(() -> get(free, "/b")).isInstanceOf(ExecutionException.class);
    }
    listeners.claim(claim("d", port, "/a", "D"));
    assertThatThrownBy(() -> listeners.exchange(Set.of("a")))
        .hasMessageContaining("both claim GET /a");
    listeners.forget();
    listeners.exchange(Set.of("a"));
    assertThat(text(port, "/a")).isEqualTo("A");
  }

  /// A port that was free a moment ago.
  private Address freePort() {
    try (Listening listening = transport.listen(Listener.of(ANY))) {
      return listening.address();
    }
  }
}
