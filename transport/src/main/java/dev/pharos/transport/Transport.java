package dev.pharos.transport;

import dev.pharos.transport.netty.NettyTransport;

/// The network side of one process: the event loops that every listener and client of it share. Any thread but an event
/// loop. Its threads are daemons: they do not keep the process alive.
public interface Transport extends AutoCloseable {
  /// A transport with one event loop for each core.
  static Transport open() {
    return open(Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  /// A transport with this number of event loops.
  static Transport open(int eventLoops) {
    return new NettyTransport(eventLoops);
  }

  /// Binds and starts a listener.
  ///
  /// @throws AddressInUseException if another socket holds the address
  /// @throws TransportException if the address or TLS settings cannot be used
  Listening listen(Listener listener);

  /// A client for HTTP servers.
  ///
  /// @throws TransportException if the TLS settings cannot be used
  HttpClient httpClient(HttpClientSettings settings);

  /// A client for one gRPC server.
  ///
  /// @throws TransportException if the TLS settings cannot be used
  GrpcClient grpcClient(GrpcClientSettings settings);

  /// Closes what is open, listeners first, and ends the event loops.
  @Override
  void close();
}
