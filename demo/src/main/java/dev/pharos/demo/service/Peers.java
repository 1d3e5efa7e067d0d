package dev.pharos.demo.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The instances of the service that this one calls, in turn. Any thread.
final class Peers {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile List<URI> addresses = List.of();

  void become(List<URI> others) {
    addresses = List.copyOf(others);
  }

  /// @throws IOException if the instance whose turn it is does not answer
  Reply call(Request request) throws IOException, InterruptedException {
    List<URI> all = addresses;
    if (all.isEmpty()) {
      throw new IOException("no instance to call for " + request.path());
    }
    URI uri = request.at(all.get(Math.floorMod(calls.getAndIncrement(), all.size())));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri)
                .method(request.method(), HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return new Reply(answer.statusCode(), answer.body());
  }
}
