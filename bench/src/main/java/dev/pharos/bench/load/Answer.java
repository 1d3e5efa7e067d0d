package dev.pharos.bench.load;

/// What a server said to one request.
sealed interface Answer {
  /// @param rejected items that the partial success left out
  record Taken(long rejected) implements Answer {}

  /// Not now: the sender may come again.
  record Refused(String reason) implements Answer {}

  record Failed(String reason) implements Answer {}
}
