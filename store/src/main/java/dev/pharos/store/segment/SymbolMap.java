package dev.pharos.store.segment;

import dev.pharos.model.Symbols;

/// Takes symbols of one dictionary over into others in turn, remembering those of the present one. One thread.
final class SymbolMap {
  private final Symbols from;
  /// Per symbol: round in the high half, the id in the target in the low half.
  private final long[] known;

  private Symbols to = new Symbols(0, 0);
  private long round;

  SymbolMap(Symbols from) {
    this.from = from;
    this.known = new long[from.count()];
  }

  /// From now on, ids are of this dictionary.
  void target(Symbols target) {
    if (target != to) {
      to = target;
      round++;
    }
  }

  int map(int symbol) {
    if (symbol == 0) {
      return 0;
    }
    long entry = known[symbol];
    if (entry >>> 32 == round) {
      return (int) entry;
    }
    int id = to.intern(from, symbol);
    known[symbol] = round << 32 | id;
    return id;
  }
}
