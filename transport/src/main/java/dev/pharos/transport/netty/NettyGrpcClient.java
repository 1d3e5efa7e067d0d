package dev.pharos.transport.netty;

import dev.pharos.transport.Body;
import dev.pharos.transport.ClientTls;
import dev.pharos.transport.GrpcCall;
import dev.pharos.transport.GrpcClient;
import dev.pharos.transport.GrpcClientSettings;
import io.netty.channel.EventLoopGroup;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A gRPC client of one server on one HTTP/2 connection. Any thread.
final class NettyGrpcClient implements GrpcClient {
  private final GrpcClientSettings settings;
  private final Runnable onClose;
  private final ConnectionPool pool;
  private final String authority;
  private final AsciiString[] common;

  NettyGrpcClient(EventLoopGroup loops, GrpcClientSettings settings, Runnable onClose) {
    this.settings = settings;
    this.onClose = onClose;
    this.authority = settings.authority().orElse(settings.server().toString());
    this.common = GrpcClientCall.common(settings);
    String name = settings.tls().flatMap(ClientTls::serverName).orElse(settings.server().host());
    var connector =
        new Connector(
            loops,
            settings.server(),
            settings.tls().map(tls -> TlsContexts.client(tls, "h2")),
            name,
            true,
            settings.connectTimeout(),
            settings.pingInterval(),
            settings.pingTimeout());
    this.pool = new ConnectionPool(loops, connector, 0, Duration.ZERO);
  }

  @Override
  public CompletableFuture<Body> call(GrpcCall call) {
    var outgoing = new GrpcClientCall(call, settings, common, authority);
    pool.send(outgoing);
    return outgoing.future();
  }

  @Override
  public void close() {
    onClose.run();
    pool.close();
  }
}
