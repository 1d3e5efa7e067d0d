package dev.pharos.store.blocks;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Batch;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;

/// How large one item is, by its texts and values.
final class ItemSize {
  private ItemSize() {}

  /// Whether some item of the batch may be larger than the limit; in nearly all batches none can be.
  static boolean mayPass(Batch batch, long limitBytes) {
    return batch.sizeBytes() > limitBytes;
  }

  static long attributes(Symbols symbols, AttributeRows rows, int parent) {
    long bytes = 0;
    for (int i = rows.from(parent); i < rows.to(parent); i++) {
      bytes +=
          symbols.length(rows.key(i))
              + (ValueType.isSymbol(rows.type(i)) ? symbols.length((int) rows.value(i)) : 8);
    }
    return bytes;
  }
}
