package dev.pharos.ui;

import dev.pharos.transport.Address;
import dev.pharos.transport.Listener;
import dev.pharos.transport.Listening;
import dev.pharos.transport.Route;
import dev.pharos.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/// Routes on a free port of loopback, and a client that follows no redirect.
final class Served implements AutoCloseable {
  private final Transport transport = Transport.open();
  private final Listening listening;
  private final HttpClient client = HttpClient.newHttpClient();

  Served(List<Route> routes) {
    listening = transport.listen(Listener.of(Address.loopback(0), routes));
  }

  /// @param headers names and values in turn
  HttpResponse<byte[]> get(String path, String... headers) {
    var request = HttpRequest.newBuilder(URI.create("http://" + listening.address() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError("GET " + path + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    listening.close();
    transport.close();
  }
}
