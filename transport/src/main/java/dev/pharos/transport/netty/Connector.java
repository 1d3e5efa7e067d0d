package dev.pharos.transport.netty;

import dev.pharos.transport.Address;
import dev.pharos.transport.HttpFailure;
import dev.pharos.transport.HttpFailure.Kind;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/// Makes the connections of one client to one server: name lookup on a virtual thread, then one address after another,
/// then TLS. Any thread.
///
/// @param tls with the protocols that it offers; empty for clear text
/// @param serverName for SNI and the check of the certificate
/// @param http2 in clear text: by prior knowledge. With TLS: nothing else will do
record Connector(
    EventLoopGroup loops,
    Address server,
    Optional<SslContext> tls,
    String serverName,
    boolean http2,
    Duration connectTimeout,
    Duration pingInterval,
    Duration pingTimeout) {
  /// Connects; the future fails with an [HttpFailure].
  ///
  /// @param onIdle for the HTTP/1.1 connection, if it becomes one
  CompletableFuture<ClientConnection> connect(Consumer<Http1ClientConnection> onIdle) {
    var made = new CompletableFuture<ClientConnection>();
    Thread.ofVirtual()
        .name("connect")
        .start(
            () -> {
              try {
                made.complete(connectNow(onIdle));
              } catch (HttpFailure e) {
                made.completeExceptionally(e);
              } catch (RuntimeException | Error e) {
                made.completeExceptionally(
                    new HttpFailure(
                        Kind.CONNECT, "cannot connect to " + server + ": " + e.getMessage(), e));
              }
            });
    return made;
  }

  private ClientConnection connectNow(Consumer<Http1ClientConnection> onIdle) throws HttpFailure {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(server.host());
    } catch (UnknownHostException e) {
      throw new HttpFailure(Kind.UNKNOWN_HOST, "the name " + server.host() + " has no address", e);
    }
    Throwable last = new ConnectException("no address");
    for (InetAddress address : addresses) {
      ChannelFuture connecting = open(new InetSocketAddress(address, server.port()));
      connecting.awaitUninterruptibly();
      if (connecting.isSuccess()) {
        return secure(connecting.channel(), onIdle);
      }
      last = connecting.cause();
    }
    Kind kind = last instanceof ConnectTimeoutException ? Kind.TIMEOUT : Kind.CONNECT;
    throw new HttpFailure(kind, "cannot connect to " + server + ": " + last.getMessage(), last);
  }

  private ChannelFuture open(InetSocketAddress address) {
    return new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            (int) Math.min(Integer.MAX_VALUE, connectTimeout.toMillis()))
        .option(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(2048, 8192, 256 << 10))
        .option(ChannelOption.AUTO_READ, false)
        .handler(new ChannelInboundHandlerAdapter())
        .connect(address);
  }

  private ClientConnection secure(Channel channel, Consumer<Http1ClientConnection> onIdle)
      throws HttpFailure {
    var ready = new CompletableFuture<ClientConnection>();
    channel
        .eventLoop()
        .execute(
            () -> {
              if (tls.isPresent()) {
                SslHandler handler =
                    tls.get().newHandler(channel.alloc(), serverName, server.port());
                if (connectTimeout.isPositive()) {
                  handler.setHandshakeTimeoutMillis(connectTimeout.toMillis());
                }
                channel.pipeline().addLast(handler, new Negotiated(onIdle, ready));
              } else {
                ready.complete(install(channel, http2, onIdle));
              }
              channel.config().setAutoRead(true);
            });
    try {
      return ready.join();
    } catch (CompletionException e) {
      channel.close();
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new HttpFailure(
          Kind.TLS, "the TLS handshake with " + server + " failed: " + why.getMessage(), why);
    }
  }

  /// Event loop only.
  private ClientConnection install(
      Channel channel, boolean asHttp2, Consumer<Http1ClientConnection> onIdle) {
    if (asHttp2) {
      var connection = Http2ClientConnection.create(tls.isPresent(), pingInterval, pingTimeout);
      channel.pipeline().addLast(connection);
      return connection;
    }
    var connection = new Http1ClientConnection(channel, onIdle);
    channel.pipeline().addLast(new HttpClientCodec(), connection);
    return connection;
  }

  /// Holds back what comes after the handshake until the protocol's handlers stand.
  private final class Negotiated extends ApplicationProtocolNegotiationHandler {
    private final Consumer<Http1ClientConnection> onIdle;
    private final CompletableFuture<ClientConnection> ready;

    Negotiated(Consumer<Http1ClientConnection> onIdle, CompletableFuture<ClientConnection> ready) {
      super(ApplicationProtocolNames.HTTP_1_1);
      this.onIdle = onIdle;
      this.ready = ready;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
      boolean negotiated = protocol.equals(ApplicationProtocolNames.HTTP_2);
      if (http2 && !negotiated) {
        ready.completeExceptionally(new SSLException("no HTTP/2 by ALPN"));
        ctx.close();
      } else {
        ready.complete(install(ctx.channel(), negotiated, onIdle));
      }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
      ready.completeExceptionally(cause);
      ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
      ready.completeExceptionally(new SSLException("the connection ended during the handshake"));
      super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      boolean wrapped = cause instanceof DecoderException && cause.getCause() != null;
      ready.completeExceptionally(wrapped ? cause.getCause() : cause);
      ctx.close();
    }
  }
}
