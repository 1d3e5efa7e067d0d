package dev.pharos.transport.netty;

import dev.pharos.transport.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and its answer. What the connection tells it (`begin`, `data`, `end`, `gone`) comes on the event loop;
/// the rest is for any thread.
abstract class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  final Service service;
  final Outlet outlet;
  final Headers headers;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final List<Runnable> onCancel = new ArrayList<>(0);
  private volatile boolean cancelled;

  Exchange(Service service, Outlet outlet, Headers headers) {
    this.service = service;
    this.outlet = outlet;
    this.headers = headers;
  }

  /// The head is read.
  abstract void begin();

  /// A part of the content; the buffer stays the caller's.
  abstract void data(ByteBuf in);

  /// The request is read whole.
  abstract void end();

  /// Whether the request is refused already, so that its content is not wanted.
  abstract boolean refused();

  /// The client went before the answer was complete.
  final void gone() {
    List<Runnable> actions;
    synchronized (onCancel) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      actions = List.copyOf(onCancel);
      onCancel.clear();
    }
    for (Runnable action : actions) {
      try {
        action.run();
      } catch (RuntimeException e) {
        LOG.error("a cancel action failed", e);
      }
    }
  }

  public final void onCancel(Runnable action) {
    synchronized (onCancel) {
      if (!cancelled) {
        onCancel.add(action);
        return;
      }
    }
    action.run();
  }

  public final boolean cancelled() {
    return cancelled;
  }

  /// Claims the one answer.
  final void claim() {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException("a second answer to one request (expected: one)");
    }
  }

  final boolean answered() {
    return answered.get();
  }

  public final InetSocketAddress remoteAddress() {
    return (InetSocketAddress) outlet.channel().remoteAddress();
  }

  public final boolean secure() {
    return outlet.channel().pipeline().get(SslHandler.class) != null;
  }

  public final Optional<String> peerPrincipal() {
    SslHandler tls = outlet.channel().pipeline().get(SslHandler.class);
    if (tls == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(tls.engine().getSession().getPeerPrincipal().getName());
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }
}
