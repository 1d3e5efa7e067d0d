package dev.pharos.transport;

import java.time.Duration;

/// How an [HttpClient] connects. Immutable.
///
/// @param maxConnections to one host at a time, HTTP/1.1; further calls wait. 0 for no limit
/// @param idleTimeout after which an unused connection is closed; zero for never
/// @param http2PriorKnowledge speaks HTTP/2 at once to `http` URLs
/// @param maxResponseBytes after decompression
public record HttpClientSettings(
    ClientTls tls,
    Duration connectTimeout,
    int maxConnections,
    Duration idleTimeout,
    boolean http2PriorKnowledge,
    int maxResponseBytes) {
  public static final HttpClientSettings DEFAULT =
      new HttpClientSettings(
          ClientTls.DEFAULT, Duration.ofSeconds(10), 0, Duration.ofSeconds(90), false, 64 << 20);

  public HttpClientSettings withTls(ClientTls other) {
    return new HttpClientSettings(
        other, connectTimeout, maxConnections, idleTimeout, http2PriorKnowledge, maxResponseBytes);
  }

  public HttpClientSettings withConnectTimeout(Duration time) {
    return new HttpClientSettings(
        tls, time, maxConnections, idleTimeout, http2PriorKnowledge, maxResponseBytes);
  }

  public HttpClientSettings withMaxConnections(int most) {
    return new HttpClientSettings(
        tls, connectTimeout, most, idleTimeout, http2PriorKnowledge, maxResponseBytes);
  }

  public HttpClientSettings withIdleTimeout(Duration time) {
    return new HttpClientSettings(
        tls, connectTimeout, maxConnections, time, http2PriorKnowledge, maxResponseBytes);
  }

  public HttpClientSettings withHttp2PriorKnowledge() {
    return new HttpClientSettings(
        tls, connectTimeout, maxConnections, idleTimeout, true, maxResponseBytes);
  }
}
