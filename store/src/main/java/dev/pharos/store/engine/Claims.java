package dev.pharos.store.engine;

import dev.pharos.model.RequestKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which requests are being committed, and which have been lately: decides of each key whether it is new. Any thread.
final class Claims {
  private final ResendWindow window;
  private final Map<RequestKey, Piece<?>> underWay = new HashMap<>();

  Claims(ResendWindow window) {
    this.window = window;
  }

  /// What is known of a request.
  sealed interface State {
    /// Nothing: it belongs to the piece that asked now.
    record Fresh() implements State {}

    /// It is stored.
    record Stored() implements State {}

    /// Another piece is about to store it.
    record UnderWay(Piece<?> by) implements State {}
  }

  private static final State FRESH = new State.Fresh();
  private static final State STORED = new State.Stored();

  synchronized State claim(RequestKey key, Piece<?> by) {
    if (window.isOff() || key.isNone()) {
      return FRESH;
    }
    if (window.contains(key.hi(), key.lo())) {
      return STORED;
    }
    return Optional.<Piece<?>>ofNullable(underWay.putIfAbsent(key, by))
        .<State>map(State.UnderWay::new)
        .orElse(FRESH);
  }

  /// The piece is decided: its requests are stored if it was committed, and unknown again if not.
  synchronized void settle(Piece<?> piece, boolean committed, long nowMillis) {
    if (window.isOff()) {
      return;
    }
    long[] keys = piece.keys();
    if (committed) {
      window.add(keys, nowMillis);
    }
    for (int i = 0; i < keys.length; i += 2) {
      underWay.remove(new RequestKey(keys[i], keys[i + 1]));
    }
  }
}
