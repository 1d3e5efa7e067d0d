package dev.pharos.transport;

/// The network side of one process: the event loops that every listener and client of it share. Any thread.
public interface Transport extends AutoCloseable {
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
