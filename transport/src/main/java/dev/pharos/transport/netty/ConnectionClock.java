package dev.pharos.transport.netty;

import dev.pharos.transport.ConnectionLimits;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Ends a server connection that is idle, too old or silent. Event loop only.
final class ConnectionClock extends ChannelInboundHandlerAdapter {
  private final ConnectionLimits limits;
  private final ServerConnection connection;
  private long lastReadNanos;

  ConnectionClock(ConnectionLimits limits, ServerConnection connection) {
    this.limits = limits;
    this.connection = connection;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    lastReadNanos = System.nanoTime();
    if (limits.idle().isPositive()) {
      after(ctx, limits.idle(), () -> checkIdle(ctx));
    }
    if (limits.maxAge().isPositive()) {
      after(ctx, jittered(limits.maxAge()), () -> endAge(ctx));
    }
    if (limits.pingInterval().isPositive()) {
      after(ctx, limits.pingInterval(), () -> checkPing(ctx));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    lastReadNanos = System.nanoTime();
    ctx.fireChannelRead(message);
  }

  private void checkIdle(ChannelHandlerContext ctx) {
    long silent = System.nanoTime() - lastReadNanos;
    long left = limits.idle().toNanos() - silent;
    if (!connection.idle()) {
      lastReadNanos = System.nanoTime();
      after(ctx, limits.idle(), () -> checkIdle(ctx));
    } else if (left > 0) {
      after(ctx, Duration.ofNanos(left), () -> checkIdle(ctx));
    } else {
      connection.drain();
    }
  }

  private void endAge(ChannelHandlerContext ctx) {
    connection.drain();
    if (limits.maxAgeGrace().isPositive()) {
      after(ctx, limits.maxAgeGrace(), () -> ServerPipeline.cutOff(ctx.channel()));
    }
  }

  private void checkPing(ChannelHandlerContext ctx) {
    long silent = System.nanoTime() - lastReadNanos;
    long left = limits.pingInterval().toNanos() - silent;
    if (left > 0) {
      after(ctx, Duration.ofNanos(left), () -> checkPing(ctx));
      return;
    }
    long before = lastReadNanos;
    if (connection.ping()) {
      after(
          ctx,
          limits.pingTimeout(),
          () -> {
            if (lastReadNanos == before) {
              ServerPipeline.cutOff(ctx.channel());
            } else {
              checkPing(ctx);
            }
          });
    }
  }

  /// 10 % either way, so that the connections of one start do not all reconnect at once.
  private static Duration jittered(Duration age) {
    return Duration.ofNanos(
        (long) (age.toNanos() * (0.9 + 0.2 * ThreadLocalRandom.current().nextDouble())));
  }

  private static void after(ChannelHandlerContext ctx, Duration delay, Runnable action) {
    var timer =
        ctx.executor()
            .schedule(
                () -> {
                  if (ctx.channel().isActive()) {
                    action.run();
                  }
                },
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
    ctx.channel().closeFuture().addListener(closed -> timer.cancel(false));
  }
}
