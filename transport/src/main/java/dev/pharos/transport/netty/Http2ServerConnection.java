package dev.pharos.transport.netty;

import dev.pharos.transport.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server side of an HTTP/2 connection: turns its streams into exchanges. Event loop only.
final class Http2ServerConnection extends Http2ConnectionHandler implements ServerConnection {
  private static final Logger LOG = LoggerFactory.getLogger(Http2ServerConnection.class);

  /// What a client may send on one stream, and on the connection, before it waits for us. Content is taken as it comes,
  /// so this bounds only what is on its way.
  private static final int STREAM_WINDOW = 1 << 20;

  private static final int CONNECTION_WINDOW = 4 << 20;

  private static final int MAX_HEADER_BYTES = 64 << 10;
  private static final long CLOSE_WITHIN_MILLIS = 2000;

  private final Service service;
  private final Http2Connection.PropertyKey key;
  private @Nullable ChannelHandlerContext context;
  private @Nullable WriteQueue writes;

  private Http2ServerConnection(
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings,
      Service service) {
    super(decoder, encoder, settings, false, true);
    this.service = service;
    this.key = connection().newKey();
    connection()
        .addListener(
            new Http2EventAdapter() {
              @Override
              public void onStreamClosed(Http2Stream stream) {
                closed(stream);
              }
            });
    decoder.frameListener(new Frames());
  }

  static Http2ServerConnection create(Service service) {
    return new Builder(service).build();
  }

  private static final class Builder
      extends AbstractHttp2ConnectionHandlerBuilder<Http2ServerConnection, Builder> {
    private final Service service;

    Builder(Service service) {
      this.service = service;
      connection(Streams.of(true));
      frameListener(new Http2EventAdapter());
      gracefulShutdownTimeoutMillis(CLOSE_WITHIN_MILLIS);
      initialSettings(
          new Http2Settings()
              .initialWindowSize(STREAM_WINDOW)
              .maxHeaderListSize(MAX_HEADER_BYTES)
              .maxConcurrentStreams(service.limits().maxConcurrentStreams()));
    }

    @Override
    protected Http2ServerConnection build() {
      return super.build();
    }

    @Override
    protected Http2ServerConnection build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      return new Http2ServerConnection(decoder, encoder, settings, service);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    writes = new WriteQueue(ctx.channel().eventLoop(), () -> flush(ctx));
    super.handlerAdded(ctx);
    if (ctx.channel().isActive()) {
      widen(ctx);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    super.channelActive(ctx);
    widen(ctx);
  }

  private void widen(ChannelHandlerContext ctx) throws Http2Exception {
    Http2Stream whole = connection().connectionStream();
    var flow = decoder().flowController();
    int more = CONNECTION_WINDOW - flow.initialWindowSize(whole);
    if (more > 0) {
      flow.incrementWindowSize(whole, more);
      ctx.flush();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    queue().reading(true);
    super.channelRead(ctx, message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    queue().reading(false);
    super.channelReadComplete(ctx);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent) {
      ctx.close();
    }
    super.userEventTriggered(ctx, event);
  }

  @Override
  public boolean idle() {
    return connection().numActiveStreams() == 0;
  }

  @Override
  public void drain() {
    ChannelHandlerContext ctx = context();
    ctx.channel().close();
  }

  @Override
  public boolean ping() {
    ChannelHandlerContext ctx = context();
    encoder().writePing(ctx, false, System.nanoTime(), ctx.newPromise());
    ctx.flush();
    return true;
  }

  ChannelHandlerContext context() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("an HTTP/2 connection outside its pipeline");
    }
    return ctx;
  }

  WriteQueue queue() {
    WriteQueue queue = writes;
    if (queue == null) {
      throw new IllegalStateException("an HTTP/2 connection outside its pipeline");
    }
    return queue;
  }

  private void closed(Http2Stream stream) {
    Http2Outlet outlet = stream.getProperty(key);
    if (outlet != null) {
      outlet.closed();
    }
  }

  private @Nullable Exchange exchange(int streamId) {
    Http2Stream stream = connection().stream(streamId);
    Http2Outlet outlet = stream == null ? null : stream.getProperty(key);
    return outlet == null ? null : outlet.exchange();
  }

  private void open(int streamId, Http2Headers head) throws Http2Exception {
    Http2Stream stream = connection().stream(streamId);
    CharSequence method = head.method();
    CharSequence target = head.path();
    if (method == null || target == null) {
      throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, "no :method or :path");
    }
    Headers headers = new Http2Fields(head);
    var outlet = new Http2Outlet(this, streamId);
    CharSequence type = head.get(Fields.CONTENT_TYPE);
    boolean grpc = type != null && isGrpc(type);
    Exchange exchange =
        grpc
            ? new GrpcExchange(service, outlet, headers, target.toString())
            : new HttpExchange(service, outlet, headers, method.toString(), target.toString());
    outlet.attach(exchange);
    stream.setProperty(key, outlet);
    if (service.limits().readTimeout().isPositive()) {
      limitReading(streamId, outlet);
    }
    exchange.begin();
  }

  private static boolean isGrpc(CharSequence type) {
    String text = type.toString();
    return text.startsWith("application/grpc")
        && (text.length() == 16 || text.charAt(16) == '+' || text.charAt(16) == ';');
  }

  private void limitReading(int streamId, Http2Outlet outlet) {
    ChannelHandlerContext ctx = context();
    var timer =
        ctx.executor()
            .schedule(
                () -> {
                  encoder()
                      .writeRstStream(ctx, streamId, Http2Error.CANCEL.code(), ctx.newPromise());
                  ctx.flush();
                },
                service.limits().readTimeout().toNanos(),
                TimeUnit.NANOSECONDS);
    outlet.whenRead(() -> timer.cancel(false));
  }

  private final class Frames extends Http2EventAdapter {
    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx,
        int streamId,
        Http2Headers head,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean last)
        throws Http2Exception {
      onHeadersRead(ctx, streamId, head, padding, last);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx, int streamId, Http2Headers head, int padding, boolean last)
        throws Http2Exception {
      if (exchange(streamId) == null) {
        open(streamId, head);
      }
      if (last) {
        end(streamId);
      }
    }

    @Override
    public int onDataRead(
        ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean last) {
      int taken = data.readableBytes() + padding;
      Exchange exchange = exchange(streamId);
      if (exchange != null) {
        exchange.data(data);
        if (last) {
          end(streamId);
        }
      }
      return taken;
    }

    private void end(int streamId) {
      Http2Stream stream = connection().stream(streamId);
      Http2Outlet outlet = stream == null ? null : stream.getProperty(key);
      if (outlet != null) {
        outlet.requestRead();
        outlet.exchange().end();
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null) {
      super.exceptionCaught(ctx, cause);
    } else {
      LOG.debug("HTTP/2 connection from {} fails", ctx.channel().remoteAddress(), cause);
      ctx.close();
    }
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception http2) {
    LOG.debug("HTTP/2 connection from {} fails", ctx.channel().remoteAddress(), cause);
    super.onConnectionError(ctx, outbound, cause, http2);
  }
}
