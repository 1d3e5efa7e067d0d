package dev.pharos.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.AttributeKey;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets a listener's new connections up: HTTP/1.1 or HTTP/2, by the first bytes in clear text and by ALPN with TLS.
final class ServerPipeline extends ChannelInitializer<Channel> {
  /// The connection that a channel carries, once its protocol is known.
  static final AttributeKey<ServerConnection> CONNECTION =
      AttributeKey.valueOf(ServerPipeline.class, "connection");

  private static final Logger LOG = LoggerFactory.getLogger(ServerPipeline.class);

  private static final int MAX_HEADER_BYTES = 64 << 10;
  private static final int MAX_CHUNK_BYTES = 256 << 10;

  private final Service service;
  private final Optional<SslContext> tls;

  ServerPipeline(Service service, Optional<SslContext> tls) {
    this.service = service;
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    if (tls.isPresent()) {
      pipeline.addLast(tls.get().newHandler(channel.alloc()));
      pipeline.addLast(new Negotiated());
    } else {
      pipeline.addLast(new Detector());
    }
  }

  /// Closes a connection at once, past handlers that would wait for its requests. Event loop only.
  static void cutOff(Channel channel) {
    ChannelHandlerContext first = channel.pipeline().firstContext();
    if (first == null) {
      channel.close();
    } else {
      first.close();
    }
  }

  private void http1(ChannelPipeline pipeline) {
    var config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_HEADER_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxChunkSize(MAX_CHUNK_BYTES);
    var connection = new Http1Connection(service);
    pipeline.addLast(
        new ConnectionClock(service.limits(), connection), new HttpServerCodec(config), connection);
    pipeline.channel().attr(CONNECTION).set(connection);
  }

  private void http2(ChannelPipeline pipeline) {
    var connection = Http2ServerConnection.create(service);
    pipeline.addLast(new ConnectionClock(service.limits(), connection), connection);
    pipeline.channel().attr(CONNECTION).set(connection);
  }

  private final class Negotiated extends ApplicationProtocolNegotiationHandler {
    Negotiated() {
      super(ApplicationProtocolNames.HTTP_1_1);
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        http2(ctx.pipeline());
      } else {
        http1(ctx.pipeline());
      }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
      LOG.debug(
          "TLS handshake with {} failed: {}", ctx.channel().remoteAddress(), cause.getMessage());
      ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  /// Waits until the first bytes are, or are not, the HTTP/2 preface.
  private final class Detector extends ByteToMessageDecoder {
    private final ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
      int length = Math.min(in.readableBytes(), preface.readableBytes());
      for (int i = 0; i < length; i++) {
        if (in.getByte(in.readerIndex() + i) != preface.getByte(i)) {
          http1(ctx.pipeline());
          ctx.pipeline().remove((ChannelHandler) this);
          return;
        }
      }
      if (length == preface.readableBytes()) {
        http2(ctx.pipeline());
        ctx.pipeline().remove((ChannelHandler) this);
      }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
      preface.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
      if (event instanceof ChannelInputShutdownEvent) {
        ctx.close();
      }
      super.userEventTriggered(ctx, event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
