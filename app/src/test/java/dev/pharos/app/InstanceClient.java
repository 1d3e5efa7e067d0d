package dev.pharos.app;

import dev.pharos.transport.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/// Speaks HTTP/1.1 to the listeners of instances in this process. Any thread.
final class InstanceClient {
  private final HttpClient client;
  private final String[] headers;

  InstanceClient() {
    this(HttpClient.newHttpClient());
  }

  private InstanceClient(HttpClient client, String... headers) {
    this.client = client;
    this.headers = headers;
  }

  /// The same with these headers in every request, names and values in turn.
  InstanceClient with(String... headers) {
    return new InstanceClient(client, headers);
  }

  /// The address that answers a GET of this path.
  Address serving(Instance instance, String path) {
    return answering(instance, path, 200);
  }

  /// Where OTLP is taken over HTTP, which only takes POST.
  Address otlp(Instance instance) {
    return answering(instance, "/v1/traces", 405);
  }

  private Address answering(Instance instance, String path, int status) {
    return instance.addresses().stream()
        .filter(address -> get(address, path).statusCode() == status)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "no address of "
                        + instance.addresses()
                        + " answers "
                        + path
                        + " by "
                        + status));
  }

  HttpResponse<String> get(Address address, String path) {
    return send(request(address, path));
  }

  HttpResponse<String> post(Address address, String path, String json) {
    return send(
        request(address, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(Address address, String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .version(HttpClient.Version.HTTP_1_1);
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
