package dev.pharos.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server side of an HTTP/1.1 connection, behind the codec: one exchange at a time, pipelined requests wait. Event
/// loop only.
///
/// A client that ends its sending side counts as gone, as in Go's server, but is still sent the answer that was under
/// way.
final class Http1Connection extends ChannelInboundHandlerAdapter implements ServerConnection {
  private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);

  /// Parts of pipelined requests that may wait before reading stops.
  private static final int MOST_WAITING = 16;

  /// How long a client that was answered early may go on sending before the connection is closed: closing at once would
  /// make its system throw the answer away.
  private static final long LINGER_MILLIS = 1000;

  private final Service service;
  private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable WriteQueue writes;
  private @Nullable Http1Outlet outlet;
  private @Nullable Future<?> readTimer;
  private boolean requestRead = true;
  private boolean draining;
  private boolean discarding;

  Http1Connection(Service service) {
    this.service = service;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    writes = new WriteQueue(ctx.channel().eventLoop(), ctx::flush);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof HttpObject part)) {
      ctx.fireChannelRead(message);
      return;
    }
    if (discarding) {
      ReferenceCountUtil.release(part);
    } else if (requestRead && outlet != null) {
      waiting.add(part);
      if (waiting.size() >= MOST_WAITING) {
        ctx.channel().config().setAutoRead(false);
      }
    } else {
      queue().reading(true);
      take(ctx, part);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    queue().reading(false);
    ctx.flush();
  }

  private void take(ChannelHandlerContext ctx, HttpObject part) {
    try {
      if (part.decoderResult().isFailure()) {
        refuse(ctx, part.decoderResult().cause());
        return;
      }
      if (part instanceof HttpRequest head) {
        open(ctx, head);
      }
      Http1Outlet current = outlet;
      if (part instanceof HttpContent content && current != null) {
        ByteBuf data = content.content();
        if (data.isReadable()) {
          current.exchange().data(data);
        }
        if (part instanceof LastHttpContent && !discarding) {
          requestRead = true;
          stopReadTimer();
          current.exchange().end();
        }
      }
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  private void open(ChannelHandlerContext ctx, HttpRequest head) {
    requestRead = false;
    boolean keepAlive = HttpUtil.isKeepAlive(head) && service.limits().keepAlive();
    boolean old = head.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
    var current = new Http1Outlet(this, ctx, keepAlive, old);
    var exchange =
        new HttpExchange(
            service,
            current,
            new Http1Fields(head.headers()),
            head.method().name(),
            target(head.uri()));
    current.attach(exchange);
    outlet = current;
    if (service.limits().readTimeout().isPositive()) {
      readTimer =
          ctx.executor()
              .schedule(
                  () -> ctx.channel().close(),
                  service.limits().readTimeout().toNanos(),
                  TimeUnit.NANOSECONDS);
    }
    exchange.begin();
    if (HttpUtil.is100ContinueExpected(head)) {
      if (exchange.refused()) {
        exchange.settleRefusal();
      } else {
        ctx.writeAndFlush(
            new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
      }
    }
  }

  /// The path and query of a request target, which a proxy sends as a whole URL.
  private static String target(String uri) {
    int scheme = uri.startsWith("/") ? -1 : uri.indexOf("://");
    int slash = scheme < 0 ? 0 : uri.indexOf('/', scheme + 3);
    return slash < 0 ? "/" : uri.substring(slash);
  }

  /// Answers bytes that are not HTTP, and closes.
  private void refuse(ChannelHandlerContext ctx, Throwable cause) {
    HttpResponseStatus status =
        switch (cause) {
          case TooLongHttpLineException ignored -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
          case TooLongHttpHeaderException ignored ->
              HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
          default -> HttpResponseStatus.BAD_REQUEST;
        };
    discarding = true;
    var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
    answer.headers().set("connection", "close").set("content-length", 0);
    ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }

  /// The answer is written, and `written` when it is on its way: takes the next request, or closes.
  void answered(ChannelHandlerContext ctx, boolean keepAlive, ChannelFuture written) {
    outlet = null;
    if (!requestRead) {
      discarding = true;
      stopReadTimer();
      written.addListener(sent -> linger(ctx));
    } else if (!keepAlive) {
      discarding = true;
      written.addListener(ChannelFutureListener.CLOSE);
    } else {
      next(ctx);
    }
  }

  /// Whether the connection can stay after an answer that is sent now.
  boolean stays(boolean keepAlive) {
    return keepAlive && requestRead && !draining;
  }

  private void linger(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    }
    ctx.executor().schedule(() -> ctx.channel().close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void next(ChannelHandlerContext ctx) {
    while (!waiting.isEmpty() && !(requestRead && outlet != null) && !discarding) {
      take(ctx, waiting.remove());
    }
    if (waiting.size() < MOST_WAITING && !ctx.channel().config().isAutoRead()) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  private void stopReadTimer() {
    if (readTimer != null) {
      readTimer.cancel(false);
      readTimer = null;
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      Http1Outlet current = outlet;
      if (current == null || !requestRead) {
        ctx.close();
      } else {
        draining = true;
        current.exchange().gone();
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stopReadTimer();
    Http1Outlet current = outlet;
    outlet = null;
    if (current != null) {
      current.exchange().gone();
    }
    while (!waiting.isEmpty()) {
      ReferenceCountUtil.release(waiting.remove());
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("HTTP/1.1 connection from {} fails", ctx.channel().remoteAddress(), cause);
    ctx.close();
  }

  @Override
  public boolean idle() {
    return outlet == null;
  }

  @Override
  public void drain() {
    draining = true;
    if (outlet == null && context != null) {
      context.close();
    }
  }

  @Override
  public boolean ping() {
    return false;
  }

  WriteQueue queue() {
    WriteQueue queue = writes;
    if (queue == null) {
      throw new IllegalStateException("an HTTP/1.1 connection outside its pipeline");
    }
    return queue;
  }
}
