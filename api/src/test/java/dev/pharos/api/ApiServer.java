package dev.pharos.api;

import dev.pharos.model.Tenant;
import dev.pharos.observe.Ledger;
import dev.pharos.transport.Address;
import dev.pharos.transport.Listener;
import dev.pharos.transport.Listening;
import dev.pharos.transport.Route;
import dev.pharos.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The routes of an API on a free loopback port, and a client that calls them as Grafana does. The server's time is
/// [#NOW].
public final class ApiServer implements AutoCloseable {
  /// Unix seconds.
  public static final long NOW = 1_760_000_000;

  public static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
  public static final Tenants TENANTS = request -> Tenant.DEFAULT;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Transport transport = Transport.open(2);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Listening listening;

  public ApiServer(List<Route> routes) {
    listening = transport.listen(Listener.of(Address.loopback(0), routes));
  }

  /// Slots for queries that may use a quarter of a gibibyte.
  public static QuerySlots slots() {
    return new QuerySlots(
        CLOCK, Duration.ofMinutes(2), new Ledger(512 << 20).open("queries", 0.5), 256 << 20);
  }

  /// An answer as it came.
  public record Answer(int status, String type, byte[] body) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return JSON.readTree(body);
    }
  }

  /// @param parameters names and values in turn
  public Answer get(String path, String... parameters) {
    return send(request(path + (parameters.length == 0 ? "" : "?" + form(parameters))).GET());
  }

  public Answer post(String path, String... parameters) {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(parameters))));
  }

  /// Calls with one header more.
  public Answer getWith(String header, String value, String path, String... parameters) {
    return send(request(path + "?" + form(parameters)).header(header, value).GET());
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(
        URI.create("http://localhost:" + listening.address().port() + pathAndQuery));
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      String type = response.headers().firstValue("content-type").orElse("");
      return new Answer(response.statusCode(), type, response.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String form(String... parameters) {
    var form = new StringJoiner("&");
    for (int i = 0; i < parameters.length; i += 2) {
      form.add(encode(parameters[i]) + "=" + encode(parameters[i + 1]));
    }
    return form.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
    listening.close();
    transport.close();
  }
}
