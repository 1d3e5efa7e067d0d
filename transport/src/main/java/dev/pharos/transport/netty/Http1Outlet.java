package dev.pharos.transport.netty;

import dev.pharos.transport.Body;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The answering side of one HTTP/1.1 request. Any thread; writing happens on the event loop.
final class Http1Outlet implements Outlet {
  /// What is made here is checked already, by [Fields].
  private static final DefaultHttpHeadersFactory UNCHECKED =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  private final Http1Connection connection;
  private final ChannelHandlerContext ctx;
  private final boolean keepAlive;
  private final boolean old;
  private @Nullable HttpExchange exchange;
  private boolean finished;
  private boolean stays;

  /// @param old HTTP/1.0, which knows no chunks
  Http1Outlet(
      Http1Connection connection, ChannelHandlerContext ctx, boolean keepAlive, boolean old) {
    this.connection = connection;
    this.ctx = ctx;
    this.keepAlive = keepAlive;
    this.old = old;
  }

  void attach(HttpExchange made) {
    exchange = made;
  }

  HttpExchange exchange() {
    HttpExchange made = exchange;
    if (made == null) {
      throw new IllegalStateException("an HTTP/1.1 answer without its exchange");
    }
    return made;
  }

  @Override
  public Channel channel() {
    return ctx.channel();
  }

  @Override
  public void send(int status, AsciiString[] headers, Body body, AsciiString[] trailers) {
    connection
        .queue()
        .run(
            () -> {
              if (finished) {
                return;
              }
              finished = true;
              var answer =
                  new DefaultFullHttpResponse(
                      HttpVersion.HTTP_1_1,
                      HttpResponseStatus.valueOf(status),
                      Unpooled.wrappedBuffer(body.array(), body.offset(), body.length()),
                      UNCHECKED,
                      DefaultHttpHeadersFactory.trailersFactory());
              fill(answer.headers(), headers);
              if (status != 204 && status != 304) {
                answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length());
              }
              boolean stays = persistence(answer.headers(), connection.stays(keepAlive));
              done(ctx.write(answer), stays);
            });
  }

  @Override
  public void start(int status, AsciiString[] headers) {
    connection
        .queue()
        .run(
            () -> {
              var head =
                  new DefaultHttpResponse(
                      HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), UNCHECKED);
              fill(head.headers(), headers);
              if (!old) {
                head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
              }
              stays = persistence(head.headers(), connection.stays(keepAlive) && !old);
              ctx.write(head);
            });
  }

  @Override
  public CompletableFuture<Void> write(Body chunk) {
    var written = new CompletableFuture<Void>();
    connection
        .queue()
        .run(
            () -> {
              if (finished || !ctx.channel().isActive()) {
                written.completeExceptionally(new ClosedChannelException());
                return;
              }
              if (chunk.isEmpty()) {
                written.complete(null);
                return;
              }
              var content =
                  new DefaultHttpContent(
                      Unpooled.wrappedBuffer(chunk.array(), chunk.offset(), chunk.length()));
              ctx.write(content)
                  .addListener(
                      sent -> {
                        if (sent.isSuccess()) {
                          written.complete(null);
                        } else {
                          written.completeExceptionally(sent.cause());
                        }
                      });
            });
    return written;
  }

  @Override
  public void finish(AsciiString[] trailers) {
    connection
        .queue()
        .run(
            () -> {
              if (!finished) {
                finished = true;
                done(ctx.write(LastHttpContent.EMPTY_LAST_CONTENT), stays);
              }
            });
  }

  @Override
  public void abort() {
    connection.queue().run(() -> ctx.channel().close());
  }

  private void done(ChannelFuture written, boolean stays) {
    connection.answered(ctx, stays, written);
  }

  private static void fill(HttpHeaders into, AsciiString[] fields) {
    for (int i = 0; i < fields.length; i += 2) {
      into.add(fields[i], fields[i + 1]);
    }
  }

  /// Says whether the connection stays, where that is not what the version implies.
  private boolean persistence(HttpHeaders headers, boolean stays) {
    if (!stays) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (old) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    return stays;
  }
}
