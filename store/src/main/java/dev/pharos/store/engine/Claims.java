package dev.pharos.store.engine;

import dev.pharos.model.Part;
import dev.pharos.model.RequestKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which requests are being committed, and which have been lately: decides of each key, and of each row of a request
/// that comes in parts, whether it is new. Any thread.
final class Claims {
  private final ResendWindow window;
  private final Map<RequestKey, Piece<?>> underWay = new HashMap<>();
  private final Map<RequestKey, List<PartUnderWay>> partsUnderWay = new HashMap<>();

  private record PartUnderWay(Piece<?> by, RowSet rows) {}

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

    /// Some of its rows are stored or under way: [#claim(Part, Piece)] tells which.
    record InParts() implements State {}
  }

  /// What is known of the rows of a part.
  ///
  /// @param known of the part's rows, by number, those that are stored or under way; the others belong to the piece
  /// that asked now @param by the pieces that are about to store some of the known ones
  record Rows(BitSet known, List<Piece<?>> by) {}

  private static final State FRESH = new State.Fresh();
  private static final State STORED = new State.Stored();
  private static final State IN_PARTS = new State.InParts();

  /// Claims a request that is there whole.
  synchronized State claim(RequestKey key, Piece<?> by) {
    if (window.isOff() || key.isNone()) {
      return FRESH;
    }
    if (window.contains(key.hi(), key.lo())) {
      return STORED;
    }
    if (partsUnderWay.containsKey(key) || !window.rows(key).isEmpty()) {
      return IN_PARTS;
    }
    return Optional.<Piece<?>>ofNullable(underWay.putIfAbsent(key, by))
        .<State>map(State.UnderWay::new)
        .orElse(FRESH);
  }

  /// Claims some rows of a request; the piece is told to record those that it stores.
  synchronized Rows claim(Part part, Piece<?> by) {
    RequestKey key = part.key();
    int[] positions = part.positions();
    var known = new BitSet();
    List<Piece<?>> others = new ArrayList<>(0);
    if (window.isOff()) {
      return new Rows(known, others);
    }
    Piece<?> whole = underWay.get(key);
    if (whole != null || window.contains(key.hi(), key.lo())) {
      known.set(0, positions.length);
      if (whole != null) {
        others.add(whole);
      }
      return new Rows(known, others);
    }
    RowSet stored = window.rows(key);
    List<PartUnderWay> parts = partsUnderWay.getOrDefault(key, List.of());
    var fresh = new RowSet();
    for (int i = 0; i < positions.length; i++) {
      int position = positions[i];
      Optional<PartUnderWay> other =
          parts.stream().filter(one -> one.rows.contains(position)).findFirst();
      if (other.isPresent() && !others.contains(other.get().by)) {
        others.add(other.get().by);
      }
      if (other.isPresent() || stored.contains(position)) {
        known.set(i);
      } else {
        fresh.add(position, position + 1);
      }
    }
    if (!fresh.isEmpty()) {
      partsUnderWay.computeIfAbsent(key, _ -> new ArrayList<>()).add(new PartUnderWay(by, fresh));
      by.addPart(new RequestRows(key, fresh));
    }
    return new Rows(known, others);
  }

  /// The piece is decided: its requests are stored if it was committed, and unknown again if not.
  synchronized void settle(Piece<?> piece, boolean committed, long nowMillis) {
    if (window.isOff()) {
      return;
    }
    long[] keys = piece.keys();
    if (committed) {
      window.add(keys, nowMillis);
      window.add(piece.parts(), nowMillis);
    }
    for (int i = 0; i < keys.length; i += 2) {
      underWay.remove(new RequestKey(keys[i], keys[i + 1]));
    }
    for (RequestRows part : piece.parts()) {
      partsUnderWay.computeIfPresent(
          part.key(),
          (_, parts) -> {
            parts.removeIf(one -> one.by == piece);
            return parts.isEmpty() ? null : parts;
          });
    }
  }
}
