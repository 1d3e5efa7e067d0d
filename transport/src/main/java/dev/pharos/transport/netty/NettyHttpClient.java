package dev.pharos.transport.netty;

import dev.pharos.transport.Address;
import dev.pharos.transport.ClientTls;
import dev.pharos.transport.HttpCall;
import dev.pharos.transport.HttpClient;
import dev.pharos.transport.HttpClientSettings;
import dev.pharos.transport.HttpResponse;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// An HTTP client with a pool of connections for each server it is used with. Any thread.
final class NettyHttpClient implements HttpClient {
  private record Origin(boolean secure, Address server) {}

  private final EventLoopGroup loops;
  private final HttpClientSettings settings;
  private final Runnable onClose;
  private final SslContext tls;
  private final ConcurrentHashMap<Origin, ConnectionPool> pools = new ConcurrentHashMap<>();

  NettyHttpClient(EventLoopGroup loops, HttpClientSettings settings, Runnable onClose) {
    this.loops = loops;
    this.settings = settings;
    this.onClose = onClose;
    this.tls = TlsContexts.client(settings.tls(), "h2", "http/1.1");
  }

  @Override
  public CompletableFuture<HttpResponse> send(HttpCall call) {
    URI uri = call.uri();
    boolean secure = "https".equals(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    String host = uri.getHost().replaceAll("^\\[|]$", "");
    ConnectionPool pool =
        pools.computeIfAbsent(new Origin(secure, new Address(host, port)), this::pool);
    var outgoing = new HttpClientCall(call, settings.maxResponseBytes());
    pool.send(outgoing);
    return outgoing.future();
  }

  private ConnectionPool pool(Origin origin) {
    ClientTls tlsSettings = settings.tls();
    var connector =
        new Connector(
            loops,
            origin.server(),
            origin.secure() ? Optional.of(tls) : Optional.empty(),
            tlsSettings.serverName().orElse(origin.server().host()),
            !origin.secure() && settings.http2PriorKnowledge(),
            settings.connectTimeout(),
            Duration.ZERO,
            Duration.ZERO);
    return new ConnectionPool(loops, connector, settings.maxConnections(), settings.idleTimeout());
  }

  @Override
  public void close() {
    onClose.run();
    for (ConnectionPool pool : pools.values()) {
      pool.close();
    }
  }
}
