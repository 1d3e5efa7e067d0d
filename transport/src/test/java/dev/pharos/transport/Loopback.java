package dev.pharos.transport;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A transport with one listener on a free loopback port, and clients of it.
final class Loopback implements AutoCloseable {
  static final long SECONDS = 20;

  final Transport transport = Transport.open(2);
  final Listening listening;
  final boolean tls;

  Loopback(Route... routes) {
    this(Listener.of(new Address("127.0.0.1", 0), routes));
  }

  Loopback(Listener listener) {
    listening = transport.listen(listener);
    tls = listener.tls().isPresent();
  }

  int port() {
    return listening.address().port();
  }

  URI uri(String target) {
    return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + port() + target);
  }

  HttpClient http1() {
    return transport.httpClient(HttpClientSettings.DEFAULT);
  }

  HttpClient http2() {
    return transport.httpClient(HttpClientSettings.DEFAULT.withHttp2PriorKnowledge());
  }

  GrpcClient grpc() {
    return transport.grpcClient(GrpcClientSettings.of(listening.address()));
  }

  /// The result, or the failure that the future carries.
  static <T> T get(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  static GrpcFailure grpcFailure(CompletableFuture<Body> future)
      throws InterruptedException, TimeoutException {
    try {
      throw new AssertionError(
          "an answer of " + future.get(SECONDS, TimeUnit.SECONDS).length() + " bytes");
    } catch (ExecutionException e) {
      return (GrpcFailure) e.getCause();
    }
  }

  static HttpFailure httpFailure(CompletableFuture<HttpResponse> future)
      throws InterruptedException, TimeoutException {
    try {
      throw new AssertionError(
          "an answer of status " + future.get(SECONDS, TimeUnit.SECONDS).status());
    } catch (ExecutionException e) {
      return (HttpFailure) e.getCause();
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
