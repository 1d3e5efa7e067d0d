package dev.pharos.transport.netty;

import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;

/// The stream book of an HTTP/2 connection. Streams share the way out evenly: the priorities of RFC 7540, which Netty
/// keeps by default and RFC 9113 has dropped, cost a tree for each stream.
final class Streams {
  /// Nothing is pushed.
  private static final int RESERVED = 0;

  private Streams() {}

  static DefaultHttp2Connection of(boolean server) {
    var connection = new DefaultHttp2Connection(server, RESERVED);
    connection
        .remote()
        .flowController(
            new DefaultHttp2RemoteFlowController(
                connection, new UniformStreamByteDistributor(connection)));
    return connection;
  }
}
