package dev.pharos.transport.netty;

import dev.pharos.transport.Body;
import dev.pharos.transport.HttpFailure.Kind;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The client side of an HTTP/1.1 connection, behind the codec: one call at a time. `start` is for any thread.
final class Http1ClientConnection extends ChannelInboundHandlerAdapter implements ClientConnection {
  private static final Logger LOG = LoggerFactory.getLogger(Http1ClientConnection.class);

  private final Channel channel;
  private final Consumer<Http1ClientConnection> onIdle;
  private @Nullable ClientCall call;
  private boolean keepAlive;
  private boolean informational;

  /// @param onIdle called when an answer is read whole and the connection can take the next call
  Http1ClientConnection(Channel channel, Consumer<Http1ClientConnection> onIdle) {
    this.channel = channel;
    this.onIdle = onIdle;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public void start(ClientCall next) {
    if (channel.eventLoop().inEventLoop()) {
      write(next);
    } else {
      channel.eventLoop().execute(() -> write(next));
    }
  }

  private void write(ClientCall next) {
    if (!channel.isActive()) {
      next.fail(Kind.BROKEN, "the connection to " + next.authority() + " has closed", null);
      return;
    }
    if (next.settled()) {
      onIdle.accept(this);
      return;
    }
    call = next;
    next.attach(channel::close);
    next.arm(channel.eventLoop());
    Body body = next.body();
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(next.method()),
            next.target(),
            Unpooled.wrappedBuffer(body.array(), body.offset(), body.length()));
    next.fields().forEach(request.headers()::add);
    request.headers().set(HttpHeaderNames.HOST, next.authority());
    if (!body.isEmpty() || next.method().equals("POST") || next.method().equals("PUT")) {
      request.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length());
    }
    channel
        .writeAndFlush(request)
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                next.fail(
                    Kind.BROKEN,
                    "the call to " + next.authority() + " could not be sent",
                    sent.cause());
                channel.close();
              }
            });
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      ClientCall current = call;
      if (current == null || !(message instanceof HttpObject part)) {
        ctx.close();
        return;
      }
      if (part.decoderResult().isFailure()) {
        current.fail(
            Kind.BROKEN,
            "the answer of " + current.authority() + " is not HTTP",
            part.decoderResult().cause());
        ctx.close();
        return;
      }
      if (part instanceof HttpResponse head) {
        informational = head.status().code() < 200;
        if (!informational) {
          keepAlive = HttpUtil.isKeepAlive(head);
          current.onHead(head.status().code(), new Http1Fields(head.headers()));
        }
      }
      if (part instanceof HttpContent content && !informational) {
        current.onData(content.content());
        if (part instanceof LastHttpContent last) {
          finish(ctx, current, last);
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void finish(ChannelHandlerContext ctx, ClientCall current, LastHttpContent last) {
    call = null;
    boolean reusable = keepAlive && !current.settled();
    if (reusable) {
      // Before the caller hears of the answer, so that its next call finds this connection.
      onIdle.accept(this);
    } else {
      ctx.close();
    }
    current.onEnd(new Http1Fields(last.trailingHeaders()));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ClientCall current = call;
    call = null;
    if (current != null) {
      current.fail(
          Kind.BROKEN,
          "the connection to " + current.authority() + " ended before the answer",
          null);
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("HTTP/1.1 connection to {} fails", ctx.channel().remoteAddress(), cause);
    ctx.close();
  }
}
