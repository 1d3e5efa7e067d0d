package dev.pharos.transport.netty;

import dev.pharos.transport.HttpFailure;
import dev.pharos.transport.HttpFailure.Kind;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The connections of one client to one server, and the calls that wait for one. Any thread.
///
/// Until the first connection has shown which protocol the server speaks, calls wait for it; HTTP/2 then carries them
/// all, HTTP/1.1 gets more connections, up to the limit. Calls that wait are bounded by their callers and their
/// timeouts.
final class ConnectionPool {
  private final EventLoopGroup loops;
  private final Connector connector;
  private final int maxConnections;
  private final Duration idleTimeout;
  private final ArrayDeque<Http1ClientConnection> idle = new ArrayDeque<>();
  private final ArrayDeque<ClientCall> waiting = new ArrayDeque<>();
  private final Set<ClientConnection> connections = new HashSet<>();
  private @Nullable Http2ClientConnection http2;
  private boolean speaksHttp1;
  private int connecting;
  private boolean closed;

  /// @param maxConnections of HTTP/1.1; 0 for no limit
  /// @param idleTimeout zero for never
  ConnectionPool(
      EventLoopGroup loops, Connector connector, int maxConnections, Duration idleTimeout) {
    this.loops = loops;
    this.connector = connector;
    this.maxConnections = maxConnections;
    this.idleTimeout = idleTimeout;
  }

  void send(ClientCall call) {
    ClientConnection ready = null;
    boolean refused = false;
    synchronized (this) {
      if (closed) {
        refused = true;
      } else if (http2 != null && http2.accepting()) {
        ready = http2;
      } else {
        ready = takeIdle();
        if (ready == null) {
          waiting.add(call);
          call.arm(loops.next());
          connectMore();
        }
      }
    }
    if (refused) {
      call.fail(Kind.CANCELLED, "the client is closed", null);
    } else if (ready != null) {
      ready.start(call);
    }
  }

  private @Nullable Http1ClientConnection takeIdle() {
    Http1ClientConnection next = idle.poll();
    while (next != null && !next.channel().isActive()) {
      next = idle.poll();
    }
    return next;
  }

  private void connectMore() {
    waiting.removeIf(ClientCall::settled);
    int wanted = speaksHttp1 ? waiting.size() : Math.min(1, waiting.size());
    while (connecting < wanted
        && (maxConnections == 0 || connections.size() + connecting < maxConnections)) {
      connecting++;
      connector
          .connect(this::idleAgain)
          .whenComplete(
              (made, failure) -> {
                if (made != null) {
                  connected(made);
                } else {
                  failed(failure);
                }
              });
    }
  }

  private void connected(ClientConnection made) {
    List<ClientCall> ready = new ArrayList<>();
    boolean unwanted;
    synchronized (this) {
      connecting--;
      unwanted = closed;
      if (!closed) {
        connections.add(made);
        switch (made) {
          case Http2ClientConnection multiplexed -> {
            http2 = multiplexed;
            ready.addAll(waiting);
            waiting.clear();
          }
          case Http1ClientConnection single -> {
            speaksHttp1 = true;
            ClientCall next = nextWaiting();
            if (next != null) {
              ready.add(next);
            } else {
              idle.push(single);
            }
            connectMore();
          }
        }
      }
    }
    made.channel().closeFuture().addListener(gone -> closed(made));
    if (unwanted) {
      made.channel().close();
      return;
    }
    watchIdle(made);
    for (ClientCall call : ready) {
      made.start(call);
    }
  }

  private @Nullable ClientCall nextWaiting() {
    ClientCall next = waiting.poll();
    while (next != null && next.settled()) {
      next = waiting.poll();
    }
    return next;
  }

  private void failed(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    List<ClientCall> hopeless;
    synchronized (this) {
      connecting--;
      hopeless = new ArrayList<>(waiting);
      waiting.clear();
    }
    Kind kind = cause instanceof HttpFailure failure ? failure.kind() : Kind.CONNECT;
    for (ClientCall call : hopeless) {
      call.fail(kind, String.valueOf(cause.getMessage()), cause);
    }
  }

  /// An HTTP/1.1 connection has read its answer.
  private void idleAgain(Http1ClientConnection connection) {
    ClientCall next;
    synchronized (this) {
      next = nextWaiting();
      if (next == null && !closed) {
        idle.push(connection);
        return;
      }
    }
    if (next != null) {
      connection.start(next);
    } else {
      connection.channel().close();
    }
  }

  private synchronized void closed(ClientConnection connection) {
    connections.remove(connection);
    if (connection == http2) {
      http2 = null;
    }
    if (connection instanceof Http1ClientConnection single) {
      idle.remove(single);
    }
    if (!closed) {
      connectMore();
    }
  }

  /// Closes the connection once it was seen without a call twice, an idle time apart.
  private void watchIdle(ClientConnection connection) {
    if (!idleTimeout.isPositive()) {
      return;
    }
    var seenIdle = new boolean[1];
    var timer =
        connection
            .channel()
            .eventLoop()
            .scheduleAtFixedRate(
                () -> {
                  boolean now = unused(connection);
                  if (now && seenIdle[0]) {
                    connection.channel().close();
                  }
                  seenIdle[0] = now;
                },
                idleTimeout.toNanos(),
                idleTimeout.toNanos(),
                TimeUnit.NANOSECONDS);
    connection.channel().closeFuture().addListener(gone -> timer.cancel(false));
  }

  private synchronized boolean unused(ClientConnection connection) {
    return switch (connection) {
      case Http2ClientConnection multiplexed -> multiplexed.open() == 0;
      case Http1ClientConnection single -> idle.contains(single);
    };
  }

  void close() {
    List<ClientConnection> open;
    List<ClientCall> left;
    synchronized (this) {
      closed = true;
      open = List.copyOf(connections);
      left = List.copyOf(waiting);
      waiting.clear();
    }
    for (ClientCall call : left) {
      call.fail(Kind.CANCELLED, "the client is closed", null);
    }
    for (ClientConnection connection : open) {
      connection.channel().close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
  }
}
