package dev.pharos.transport.netty;

import dev.pharos.transport.Body;
import dev.pharos.transport.Headers;
import dev.pharos.transport.HttpFailure.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One request of a client under way: what is to be sent, and what becomes of the answer. The `on` methods come on the
/// connection's event loop; the rest is for any thread.
///
/// Whoever settles the call first, by an answer, a failure, its time or its caller, wins; what comes later is ignored.
abstract class ClientCall {
  private final AtomicBoolean settled = new AtomicBoolean();
  private final long timeoutNanos;
  private final long startNanos = System.nanoTime();
  private @Nullable Future<?> timer;
  private @Nullable Runnable abort;

  ClientCall(Duration timeout) {
    timeoutNanos = timeout.toNanos();
  }

  abstract String method();

  /// Path and query.
  abstract String target();

  abstract String authority();

  /// Fields other than the pseudo ones.
  abstract Headers fields();

  /// Adds what goes into an HTTP/2 head beside the pseudo fields.
  void fill(Http2Headers head) {
    fields().forEach((name, value) -> head.add(AsciiString.of(name), AsciiString.of(value)));
  }

  abstract Body body();

  /// What stands before the body: a gRPC message's prefix.
  abstract Body prefix();

  abstract void onHead(int status, Headers headers);

  /// The buffer stays the caller's.
  abstract void onData(ByteBuf in);

  abstract void onEnd(Headers trailers);

  /// The server reset the stream, with this HTTP/2 error code.
  abstract void onReset(long code);

  /// No answer will come. Called at most once.
  abstract void failed(Kind kind, String message, @Nullable Throwable cause);

  /// Claims the outcome: true for the first.
  final boolean settle() {
    if (!settled.compareAndSet(false, true)) {
      return false;
    }
    synchronized (this) {
      abort = null;
      if (timer != null) {
        timer.cancel(false);
      }
    }
    return true;
  }

  final boolean settled() {
    return settled.get();
  }

  final void fail(Kind kind, String message, @Nullable Throwable cause) {
    if (settle()) {
      failed(kind, message, cause);
    }
  }

  /// Ends the call from outside: its caller or its time. The connection drops what belongs to it.
  final void breakOff(Kind kind, String message) {
    Runnable breaking;
    synchronized (this) {
      breaking = abort;
    }
    fail(kind, message, null);
    if (breaking != null) {
      breaking.run();
    }
  }

  /// Says how to drop the call from the connection that has taken it.
  final synchronized void attach(Runnable onAbort) {
    if (!settled.get()) {
      abort = onAbort;
    }
  }

  /// Starts the call's clock, once.
  final synchronized void arm(EventExecutor loop) {
    if (timeoutNanos > 0 && timer == null && !settled.get()) {
      long left = timeoutNanos - (System.nanoTime() - startNanos);
      timer =
          loop.schedule(
              () ->
                  breakOff(
                      Kind.TIMEOUT,
                      "no answer from "
                          + authority()
                          + " within "
                          + Duration.ofNanos(timeoutNanos)),
              Math.max(0, left),
              TimeUnit.NANOSECONDS);
    }
  }

  /// What is left of the call's time, in nanoseconds, at least 1; 0 if it has no limit.
  final long remainingNanos() {
    return timeoutNanos == 0 ? 0 : Math.max(1, timeoutNanos - (System.nanoTime() - startNanos));
  }
}
