package dev.pharos.transport.netty;

import io.netty.channel.Channel;

/// A client's connection that calls can be sent on. Any thread.
sealed interface ClientConnection permits Http1ClientConnection, Http2ClientConnection {
  Channel channel();

  /// Sends a call. A connection that has closed fails it.
  void start(ClientCall call);
}
