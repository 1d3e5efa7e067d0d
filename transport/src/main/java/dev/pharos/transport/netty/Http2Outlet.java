package dev.pharos.transport.netty;

import dev.pharos.transport.Body;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The answering side of one HTTP/2 stream. Any thread; writing happens on the event loop.
final class Http2Outlet implements Outlet {
  private final Http2ServerConnection connection;
  private final int streamId;
  private @Nullable Exchange exchange;
  private boolean requestRead;
  private boolean finished;
  private Runnable whenRead = () -> {};

  Http2Outlet(Http2ServerConnection connection, int streamId) {
    this.connection = connection;
    this.streamId = streamId;
  }

  void attach(Exchange made) {
    exchange = made;
  }

  Exchange exchange() {
    Exchange made = exchange;
    if (made == null) {
      throw new IllegalStateException("stream " + streamId + " has no exchange");
    }
    return made;
  }

  /// The client has sent its last frame. Event loop only.
  void requestRead() {
    requestRead = true;
    whenRead.run();
  }

  /// Runs `action` once the request is read or its stream closed. Event loop only.
  void whenRead(Runnable action) {
    whenRead = action;
  }

  /// The stream is closed, by either side. Event loop only.
  void closed() {
    whenRead.run();
    if (!finished) {
      exchange().gone();
    }
  }

  @Override
  public Channel channel() {
    return connection.context().channel();
  }

  @Override
  public void send(int status, AsciiString[] headers, Body body, AsciiString[] trailers) {
    connection
        .queue()
        .run(
            () -> {
              if (!open()) {
                return;
              }
              ChannelHandlerContext ctx = connection.context();
              boolean bare = body.isEmpty() || headOnly();
              boolean last = bare && trailers.length == 0;
              finished = true;
              Http2Headers head = head(status, headers, body, trailers);
              connection.encoder().writeHeaders(ctx, streamId, head, 0, last, ctx.newPromise());
              if (!bare) {
                ByteBuf content =
                    Unpooled.wrappedBuffer(body.array(), body.offset(), body.length());
                connection
                    .encoder()
                    .writeData(ctx, streamId, content, 0, trailers.length == 0, ctx.newPromise());
              }
              if (trailers.length > 0) {
                connection
                    .encoder()
                    .writeHeaders(ctx, streamId, trailers(trailers), 0, true, ctx.newPromise());
              }
              stopReading();
            });
  }

  /// A whole HTTP answer says its length; a gRPC one has no use for it.
  private static Http2Headers head(
      int status, AsciiString[] headers, Body body, AsciiString[] trailers) {
    boolean lengthless = trailers.length > 0 || status == 204 || status == 304 || isGrpc(headers);
    if (lengthless) {
      return ReadOnlyHttp2Headers.serverHeaders(
          false, HttpResponseStatus.valueOf(status).codeAsText(), headers);
    }
    AsciiString[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = Fields.CONTENT_LENGTH;
    all[headers.length + 1] = new AsciiString(Integer.toString(body.length()));
    return ReadOnlyHttp2Headers.serverHeaders(
        false, HttpResponseStatus.valueOf(status).codeAsText(), all);
  }

  private static boolean isGrpc(AsciiString[] headers) {
    return headers.length > 1 && headers[1] == GrpcWords.TYPE;
  }

  private static Http2Headers trailers(AsciiString[] fields) {
    return ReadOnlyHttp2Headers.trailers(false, fields);
  }

  @Override
  public void start(int status, AsciiString[] headers) {
    connection
        .queue()
        .run(
            () -> {
              if (open()) {
                ChannelHandlerContext ctx = connection.context();
                AsciiString code = HttpResponseStatus.valueOf(status).codeAsText();
                Http2Headers head = ReadOnlyHttp2Headers.serverHeaders(false, code, headers);
                connection.encoder().writeHeaders(ctx, streamId, head, 0, false, ctx.newPromise());
              }
            });
  }

  @Override
  public CompletableFuture<Void> write(Body chunk) {
    var written = new CompletableFuture<Void>();
    connection
        .queue()
        .run(
            () -> {
              if (!open()) {
                written.completeExceptionally(new ClosedChannelException());
                return;
              }
              if (headOnly()) {
                written.complete(null);
                return;
              }
              ChannelHandlerContext ctx = connection.context();
              ChannelPromise promise = ctx.newPromise();
              promise.addListener(
                  done -> {
                    if (done.isSuccess()) {
                      written.complete(null);
                    } else {
                      written.completeExceptionally(done.cause());
                    }
                  });
              ByteBuf content =
                  Unpooled.wrappedBuffer(chunk.array(), chunk.offset(), chunk.length());
              connection.encoder().writeData(ctx, streamId, content, 0, false, promise);
            });
    return written;
  }

  @Override
  public void finish(AsciiString[] trailers) {
    connection
        .queue()
        .run(
            () -> {
              if (!open() || finished) {
                return;
              }
              finished = true;
              ChannelHandlerContext ctx = connection.context();
              if (trailers.length > 0) {
                connection
                    .encoder()
                    .writeHeaders(ctx, streamId, trailers(trailers), 0, true, ctx.newPromise());
              } else {
                connection
                    .encoder()
                    .writeData(ctx, streamId, Unpooled.EMPTY_BUFFER, 0, true, ctx.newPromise());
              }
              stopReading();
            });
  }

  @Override
  public void abort() {
    connection.queue().run(() -> reset(Http2Error.INTERNAL_ERROR));
  }

  /// An answer before the end of its request: the rest is not wanted (RFC 9113 section 8.1).
  private void stopReading() {
    if (!requestRead) {
      reset(Http2Error.NO_ERROR);
    }
  }

  private void reset(Http2Error error) {
    if (open()) {
      ChannelHandlerContext ctx = connection.context();
      connection.encoder().writeRstStream(ctx, streamId, error.code(), ctx.newPromise());
    }
  }

  private boolean headOnly() {
    return exchange instanceof HttpExchange http && http.method().equals("HEAD");
  }

  private boolean open() {
    Http2Stream stream = connection.connection().stream(streamId);
    return stream != null && stream.state() != Http2Stream.State.CLOSED;
  }
}
