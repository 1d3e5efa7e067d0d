package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.ValueType;

/// Copies rows of a batch into other batches, one after the other: what spans and log records have in common. Resources
/// and scopes are either rows of tables kept elsewhere, by a mapping given, or go into the target's own tables. One
/// thread.
abstract class RowCopy {
  final SymbolMap symbols;
  final int[] resourceRows;
  final int[] scopeRows;

  /// @param resourceRows the target row of each Resource, -1 where it is not known yet
  RowCopy(SymbolMap symbols, int[] resourceRows, int[] scopeRows) {
    this.symbols = symbols;
    this.resourceRows = resourceRows;
    this.scopeRows = scopeRows;
  }

  final void attributes(AttributeRows from, int parent, AttributeRows to) {
    for (int i = from.from(parent), end = from.to(parent); i < end; i++) {
      byte type = from.type(i);
      long value = from.value(i);
      to.add(
          symbols.key(from.key(i)),
          type,
          ValueType.isSymbol(type) ? symbols.map((int) value) : value);
    }
    to.endParent();
  }

  static int[] unknown(int size) {
    var rows = new int[size];
    java.util.Arrays.fill(rows, -1);
    return rows;
  }
}
