package dev.pharos.store.metrics;

import dev.pharos.store.read.Exemplar;
import java.util.ArrayList;
import java.util.List;

/// The newest exemplars of one series, a few at most. One writer, under the head's lock; read under it.
final class ExemplarRing {
  static final int ROOM = 16;

  /// What one exemplar takes, about.
  static final long EXEMPLAR_BYTES = 320;

  private final ArrayList<Exemplar> kept = new ArrayList<>(2);
  private int next;

  /// @return bytes by which the ring grew
  long add(Exemplar exemplar) {
    if (kept.contains(exemplar)) {
      return 0;
    }
    if (kept.size() < ROOM) {
      kept.add(exemplar);
      return EXEMPLAR_BYTES;
    }
    kept.set(next, exemplar);
    next = (next + 1) % ROOM;
    return 0;
  }

  List<Exemplar> exemplars() {
    return List.copyOf(kept);
  }
}
