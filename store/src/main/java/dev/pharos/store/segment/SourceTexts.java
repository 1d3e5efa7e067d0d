package dev.pharos.store.segment;

import dev.pharos.model.Symbols;
import java.util.Arrays;

/// The dictionary of a source, with what is known of its symbols in the dictionary of the segment that is written. One
/// thread.
final class SourceTexts {
  private final Symbols symbols;

  /// Per symbol its id in the dictionary plus one, 0 where unknown.
  private int[] ids = {};

  private int epoch;

  SourceTexts(Symbols symbols) {
    this.symbols = symbols;
  }

  Symbols symbols() {
    return symbols;
  }

  int in(TextDictionary dictionary, int symbol) {
    if (epoch != dictionary.epoch()) {
      begin(dictionary.epoch());
    }
    int known = ids[symbol];
    if (known == 0) {
      known = dictionary.intern(symbols, symbol) + 1;
      ids[symbol] = known;
    }
    return known - 1;
  }

  private void begin(int now) {
    epoch = now;
    if (ids.length == 0) {
      ids = new int[symbols.count()];
    } else {
      Arrays.fill(ids, 0);
    }
  }
}
