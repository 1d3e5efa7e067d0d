package dev.pharos.store.segment;

import dev.pharos.model.Symbols;

/// Takes symbols of one dictionary over into others in turn, remembering those of the present one. One thread.
///
/// Keys are interned. Other texts are interned too, or, where the target is only a stage before encoding, appended
/// without a look for equal ones from elsewhere, which is much cheaper and which the columns' own dictionaries mend.
final class SymbolMap {
  private static final long INTERNED = 1L << 31;

  private final Symbols from;
  private final boolean appends;

  /// Per symbol: round in the high half, the id in the target in the low half, its highest bit telling interned ones.
  private final long[] known;

  private Symbols to = new Symbols(0, 0);
  private long round;

  SymbolMap(Symbols from, boolean appends) {
    this.from = from;
    this.appends = appends;
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
      return (int) entry & Integer.MAX_VALUE;
    }
    if (!appends) {
      return key(symbol);
    }
    int id = to.add(from.bytes(), from.offset(symbol), from.length(symbol));
    known[symbol] = round << 32 | id;
    return id;
  }

  /// As [#map], but equal texts have the same id.
  int key(int symbol) {
    if (symbol == 0) {
      return 0;
    }
    long entry = known[symbol];
    if (entry >>> 32 == round && (entry & INTERNED) != 0) {
      return (int) entry & Integer.MAX_VALUE;
    }
    int id = to.intern(from, symbol);
    known[symbol] = round << 32 | INTERNED | id;
    return id;
  }
}
