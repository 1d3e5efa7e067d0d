package dev.pharos.transport.netty;

import dev.pharos.transport.Headers;
import dev.pharos.transport.HttpFailure.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import io.netty.util.collection.IntObjectHashMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The client side of an HTTP/2 connection, which carries many calls at a time. `start` and `accepting` are for any
/// thread.
///
/// Calls above the server's limit of concurrent streams wait inside the encoder.
final class Http2ClientConnection extends Http2ConnectionHandler implements ClientConnection {
  private static final Logger LOG = LoggerFactory.getLogger(Http2ClientConnection.class);
  private static final int STREAM_WINDOW = 1 << 20;
  private static final int CONNECTION_WINDOW = 4 << 20;

  private final IntObjectHashMap<ClientCall> calls = new IntObjectHashMap<>();
  private final AsciiString scheme;
  private final Duration pingInterval;
  private final Duration pingTimeout;
  private @Nullable ChannelHandlerContext context;
  private @Nullable WriteQueue writes;
  private long lastReadNanos = System.nanoTime();
  private volatile boolean accepting = true;

  private Http2ClientConnection(
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings,
      Builder from) {
    super(decoder, encoder, settings, false, true);
    this.scheme = from.scheme;
    this.pingInterval = from.pingInterval;
    this.pingTimeout = from.pingTimeout;
    connection()
        .addListener(
            new Http2EventAdapter() {
              @Override
              public void onStreamClosed(Http2Stream stream) {
                ClientCall call = calls.remove(stream.id());
                if (call != null) {
                  call.fail(
                      Kind.BROKEN,
                      "the connection to " + call.authority() + " ended before the answer",
                      null);
                }
              }

              @Override
              public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debug) {
                accepting = false;
              }
            });
    decoder.frameListener(new Frames());
  }

  static Http2ClientConnection create(boolean secure, Duration pingInterval, Duration pingTimeout) {
    return new Builder(secure, pingInterval, pingTimeout).build();
  }

  private static final class Builder
      extends AbstractHttp2ConnectionHandlerBuilder<Http2ClientConnection, Builder> {
    private final AsciiString scheme;
    private final Duration pingInterval;
    private final Duration pingTimeout;

    Builder(boolean secure, Duration pingInterval, Duration pingTimeout) {
      this.scheme = AsciiString.cached(secure ? "https" : "http");
      this.pingInterval = pingInterval;
      this.pingTimeout = pingTimeout;
      connection(Streams.of(false));
      frameListener(new Http2EventAdapter());
      encoderEnforceMaxConcurrentStreams(true);
      gracefulShutdownTimeoutMillis(0);
      validateHeaders(false);
      initialSettings(new Http2Settings().pushEnabled(false).initialWindowSize(STREAM_WINDOW));
    }

    @Override
    protected Http2ClientConnection build() {
      return super.build();
    }

    @Override
    protected Http2ClientConnection build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      return new Http2ClientConnection(decoder, encoder, settings, this);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    writes = new WriteQueue(ctx.channel().eventLoop(), () -> flush(ctx));
    super.handlerAdded(ctx);
    decoder()
        .flowController()
        .incrementWindowSize(
            connection().connectionStream(),
            CONNECTION_WINDOW - Http2CodecUtil.DEFAULT_WINDOW_SIZE);
    flush(ctx);
    if (pingInterval.isPositive()) {
      schedulePing(ctx, pingInterval.toNanos());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    lastReadNanos = System.nanoTime();
    queue().reading(true);
    super.channelRead(ctx, message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    queue().reading(false);
    super.channelReadComplete(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    accepting = false;
    super.channelInactive(ctx);
    List<ClientCall> left = new ArrayList<>(calls.values());
    calls.clear();
    for (ClientCall call : left) {
      call.fail(
          Kind.BROKEN, "the connection to " + call.authority() + " ended before the answer", null);
    }
  }

  private void schedulePing(ChannelHandlerContext ctx, long delayNanos) {
    var timer = ctx.executor().schedule(() -> checkPing(ctx), delayNanos, TimeUnit.NANOSECONDS);
    ctx.channel().closeFuture().addListener(closed -> timer.cancel(false));
  }

  /// Pings only while calls are open, as gRPC servers expect of clients.
  private void checkPing(ChannelHandlerContext ctx) {
    long left = pingInterval.toNanos() - (System.nanoTime() - lastReadNanos);
    if (calls.isEmpty() || left > 0) {
      schedulePing(ctx, left > 0 ? left : pingInterval.toNanos());
      return;
    }
    long before = lastReadNanos;
    encoder().writePing(ctx, false, before, ctx.newPromise());
    ctx.flush();
    ctx.executor()
        .schedule(
            () -> {
              if (lastReadNanos == before) {
                ctx.close();
              } else if (ctx.channel().isActive()) {
                schedulePing(ctx, pingInterval.toNanos());
              }
            },
            pingTimeout.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /// Whether a new call may start here.
  boolean accepting() {
    return accepting && channel().isActive();
  }

  /// Calls under way. Event loop only.
  int open() {
    return calls.size();
  }

  @Override
  public Channel channel() {
    return context().channel();
  }

  @Override
  public void start(ClientCall call) {
    queue().run(() -> write(call));
  }

  private void write(ClientCall call) {
    if (call.settled()) {
      return;
    }
    ChannelHandlerContext ctx = context();
    if (!ctx.channel().isActive()) {
      call.fail(Kind.BROKEN, "the connection to " + call.authority() + " has closed", null);
      return;
    }
    int streamId = connection().local().incrementAndGetNextStreamId();
    if (streamId < 0) {
      accepting = false;
      call.fail(
          Kind.BROKEN, "the connection to " + call.authority() + " has no stream ids left", null);
      ctx.close();
      return;
    }
    calls.put(streamId, call);
    call.attach(() -> queue().run(() -> drop(streamId)));
    call.arm(ctx.executor());
    boolean bare = call.prefix().isEmpty() && call.body().isEmpty();
    ChannelPromise headed = ctx.newPromise();
    headed.addListener(
        sent -> {
          if (!sent.isSuccess() && calls.remove(streamId) != null) {
            call.fail(
                Kind.BROKEN,
                "the call to " + call.authority() + " could not be sent",
                sent.cause());
          }
        });
    encoder().writeHeaders(ctx, streamId, head(call), 0, bare, headed);
    if (!bare) {
      encoder().writeData(ctx, streamId, content(ctx, call), 0, true, ctx.newPromise());
    }
  }

  private Http2Headers head(ClientCall call) {
    Http2Headers head =
        new DefaultHttp2Headers(false, 16)
            .method(AsciiString.of(call.method()))
            .scheme(scheme)
            .authority(call.authority())
            .path(call.target());
    call.fill(head);
    return head;
  }

  private static ByteBuf content(ChannelHandlerContext ctx, ClientCall call) {
    var prefix = call.prefix();
    var body = call.body();
    return ctx.alloc()
        .directBuffer(prefix.length() + body.length())
        .writeBytes(prefix.array(), prefix.offset(), prefix.length())
        .writeBytes(body.array(), body.offset(), body.length());
  }

  private void drop(int streamId) {
    if (calls.remove(streamId) != null) {
      ChannelHandlerContext ctx = context();
      encoder().writeRstStream(ctx, streamId, Http2Error.CANCEL.code(), ctx.newPromise());
    }
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
        ChannelHandlerContext ctx, int streamId, Http2Headers head, int padding, boolean last) {
      ClientCall call = calls.get(streamId);
      if (call == null) {
        return;
      }
      CharSequence status = head.status();
      var fields = new Http2Fields(head);
      if (status != null) {
        int code = AsciiString.of(status).parseInt();
        if (code >= 200) {
          call.onHead(code, fields);
        }
      }
      if (last) {
        calls.remove(streamId);
        call.onEnd(fields);
      }
    }

    @Override
    public int onDataRead(
        ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean last) {
      int taken = data.readableBytes() + padding;
      ClientCall call = calls.get(streamId);
      if (call != null) {
        call.onData(data);
        if (last) {
          calls.remove(streamId);
          call.onEnd(Headers.EMPTY);
        }
      }
      return taken;
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) {
      ClientCall call = calls.remove(streamId);
      if (call != null) {
        call.onReset(errorCode);
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null) {
      super.exceptionCaught(ctx, cause);
    } else {
      LOG.debug("HTTP/2 connection to {} fails", ctx.channel().remoteAddress(), cause);
      ctx.close();
    }
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("an HTTP/2 connection outside its pipeline");
    }
    return ctx;
  }

  private WriteQueue queue() {
    WriteQueue queue = writes;
    if (queue == null) {
      throw new IllegalStateException("an HTTP/2 connection outside its pipeline");
    }
    return queue;
  }
}
