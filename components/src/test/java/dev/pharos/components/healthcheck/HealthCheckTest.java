package dev.pharos.components.healthcheck;

import static dev.pharos.components.Running.config;
import static dev.pharos.components.Running.errors;
import static dev.pharos.components.Running.setup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.components.listener.Listeners;
import dev.pharos.observe.Registry;
import dev.pharos.pipeline.component.Extension;
import dev.pharos.transport.HttpCall;
import dev.pharos.transport.HttpClient;
import dev.pharos.transport.HttpClientSettings;
import dev.pharos.transport.HttpResponse;
import dev.pharos.transport.Transport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HealthCheckTest {
  private final Transport transport = Transport.open(2);
  private final Listeners listeners = new Listeners(transport);
  private final HttpClient client = transport.httpClient(HttpClientSettings.DEFAULT);
  private final Clock clock = Clock.fixed(Instant.ofEpochSecond(1_760_000_000), ZoneOffset.UTC);

  @AfterEach
  void close() {
    listeners.close();
    transport.close();
  }

  private Extension health(String more) {
    Extension health =
        new HealthCheckFactory(listeners)
            .create(
                setup("health_check", new Registry(), clock),
                config(HealthCheckConfig.SCHEMA, "{endpoint: \"127.0.0.1:0\"" + more + "}"));
    health.start();
    listeners.open();
    return health;
  }

  private HttpResponse get(String path) throws Exception {
    URI uri = URI.create("http://" + listeners.addresses().get(0) + path);
    return client.send(HttpCall.get(uri)).get(20, TimeUnit.SECONDS);
  }

  private static String text(HttpResponse response) {
    return new String(response.body().bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void isUnavailableUntilEverythingRunsAndAgainAfterTheStop() throws Exception {
    Extension health = health("");
    HttpResponse before = get("/");
    assertThat(before.status()).isEqualTo(503);
    assertThat(text(before)).contains("\"status\":\"Server not available\"");
    health.ready();
    HttpResponse ready = get("/");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(text(ready))
        .isEqualTo(
            "{\"status\":\"Server available\",\"upSince\":\"2025-10-09T08:53:20Z\",\"uptime\":\"0.0s\"}");
    health.stop();
    assertThat(get("/").status()).isEqualTo(503);
  }

  @Test
  void answersWithTheTextsItIsGivenAtThePathItIsGiven() throws Exception {
    Extension health = health(", path: /up, response_body: {healthy: fine, unhealthy: wait}");
    assertThat(text(get("/up"))).isEqualTo("wait");
    health.ready();
    assertThat(text(get("/up"))).isEqualTo("fine");
    assertThat(get("/").status()).isEqualTo(404);
  }

  @Test
  void refusesAPathThatIsNone() {
    assertThat(errors(HealthCheckConfig.SCHEMA, "{path: up}"))
        .hasSize(1)
        .allMatch(error -> error.contains("to start with /"));
    assertThat(errors(HealthCheckConfig.SCHEMA, "{endpoint: \"\"}")).hasSize(1);
  }
}
