package dev.pharos.transport.netty;

import dev.pharos.transport.Address;
import dev.pharos.transport.Listening;
import dev.pharos.transport.Route;
import dev.pharos.transport.RouteTable;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A bound server socket and the connections it accepted. Any thread but an event loop.
final class BoundListener implements Listening {
  private static final long CLOSE_WITHIN_MILLIS = 2000;

  private final Address address;
  private final Service service;
  private final Channel socket;
  private final ChannelGroup connections;
  private final Runnable onClose;

  BoundListener(
      Address address,
      Service service,
      Channel socket,
      ChannelGroup connections,
      Runnable onClose) {
    this.address = address;
    this.service = service;
    this.socket = socket;
    this.connections = connections;
    this.onClose = onClose;
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public void replaceRoutes(List<? extends Route> routes) {
    service.replaceRoutes(new RouteTable(routes));
  }

  @Override
  public void close() {
    socket.close().syncUninterruptibly();
    // The selector lets go of a closed socket, and so of its port, when it selects next.
    socket.eventLoop().schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    var closed = connections.newCloseFuture();
    for (Channel connection : connections) {
      connection.eventLoop().execute(() -> drain(connection));
    }
    if (!closed.awaitUninterruptibly(CLOSE_WITHIN_MILLIS, TimeUnit.MILLISECONDS)) {
      for (Channel connection : connections) {
        connection.eventLoop().execute(() -> ServerPipeline.cutOff(connection));
      }
      closed.awaitUninterruptibly(CLOSE_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
    }
    onClose.run();
  }

  private static void drain(Channel connection) {
    ServerConnection known = connection.attr(ServerPipeline.CONNECTION).get();
    if (known == null) {
      connection.close();
    } else {
      known.drain();
    }
  }
}
