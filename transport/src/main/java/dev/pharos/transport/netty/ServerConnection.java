package dev.pharos.transport.netty;

/// What a listener asks of its connections. Event loop only.
interface ServerConnection {
  /// Whether no request is open.
  boolean idle();

  /// Takes no further requests, and closes once the open ones are answered.
  void drain();

  /// Sends an HTTP/2 ping; nothing on HTTP/1.1.
  ///
  /// @return whether the client will answer
  boolean ping();
}
