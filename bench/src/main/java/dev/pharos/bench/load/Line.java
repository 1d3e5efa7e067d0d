package dev.pharos.bench.load;

/// A way to the server that carries one request at a time. One thread at a time.
interface Line {
  /// Sends a request and waits for its answer, at most 30 s.
  Answer send(byte[] body) throws InterruptedException;
}
