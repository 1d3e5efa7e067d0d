package dev.pharos.store.segment;

import dev.pharos.model.Symbols;
import java.util.Arrays;

/// The texts that come again and again in the rows that one segment is written from, each once. Sources keep what their
/// own symbols are here, so that a text is hashed once a source and not once a row. One thread.
///
/// Shed between blocks when it has grown; ids are good until then.
final class TextDictionary {
  private static final int MAX_TEXTS = 64 << 10;
  private static final int MAX_BYTES = 8 << 20;

  private Symbols symbols = new Symbols(1 << 14, 1024);

  /// Per text its symbol in the segment's tables plus one, 0 where unknown.
  private int[] inTables = new int[1024];

  private int epoch = 1;
  private long gatheredBytes;

  Symbols symbols() {
    return symbols;
  }

  /// Changes when all ids become void.
  int epoch() {
    return epoch;
  }

  int intern(Symbols from, int symbol) {
    return symbols.intern(from, symbol);
  }

  /// The symbol of a text in the tables of the segment, which is added if it is new there.
  int inTables(int id, Symbols tables) {
    if (id >= inTables.length) {
      inTables = Arrays.copyOf(inTables, symbols.count() * 2);
    }
    if (inTables[id] == 0) {
      inTables[id] = tables.intern(symbols, id) + 1;
    }
    return inTables[id] - 1;
  }

  /// Notes that a column of the present block has a text of so many bytes more.
  void gathered(int bytes) {
    gatheredBytes += bytes;
  }

  /// Bytes of the texts of the present block, in all its columns.
  long gatheredBytes() {
    return gatheredBytes;
  }

  /// The next block begins, and the dictionary anew if there are too many texts to keep.
  void nextBlock() {
    gatheredBytes = 0;
    if (symbols.count() > MAX_TEXTS || symbols.textBytes() > MAX_BYTES) {
      symbols = new Symbols(1 << 14, 1024);
      Arrays.fill(inTables, 0);
      epoch++;
    }
  }
}
