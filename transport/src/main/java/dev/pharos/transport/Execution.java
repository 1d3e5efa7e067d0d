package dev.pharos.transport;

/// The thread that a route's handler is called on.
public enum Execution {
  /// A virtual thread of its own for each request. The handler may block.
  VIRTUAL,
  /// The connection's event loop. Saves a hand-over, but the handler must never block and should take no longer than
  /// some hundred microseconds: other connections wait meanwhile.
  INLINE
}
