package dev.pharos.transport;

import java.util.List;

/// A listener that accepts connections. Any thread.
public interface Listening extends AutoCloseable {
  /// Where it listens, with the port that was given for 0.
  Address address();

  /// Replaces the routes at once: the socket, its connections and requests under way stay.
  void replaceRoutes(List<? extends Route> routes);

  /// Stops accepting, gives requests under way up to two seconds to end, then closes every connection.
  @Override
  void close();
}
