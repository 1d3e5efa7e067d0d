package dev.pharos.model.binary;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.util.Arrays;

/// The symbols of one source dictionary in a target dictionary, found out as they are asked for. One thread.
final class Remap {
  private final Symbols source;
  private final Symbols target;

  /// 0 where unknown; symbol 0 is the empty string in both.
  private final int[] ids;

  Remap(Symbols source, Symbols target) {
    this.source = source;
    this.target = target;
    this.ids = new int[source.count()];
  }

  /// For a target that is a copy of the source: every symbol keeps its id.
  static Remap identity(Symbols source, Symbols target) {
    var remap = new Remap(source, target);
    Arrays.setAll(remap.ids, id -> id);
    return remap;
  }

  int symbol(int id) {
    int known = ids[id];
    return known != 0 || id == 0 ? known : (ids[id] = target.intern(source, id));
  }

  /// A text that hardly ever repeats; to be asked for after all that might be equal to it and must be found again.
  int body(int id) {
    int known = ids[id];
    return known != 0 || id == 0
        ? known
        : (ids[id] = target.add(source.bytes(), source.offset(id), source.length(id)));
  }

  long value(byte type, long value) {
    return ValueType.isSymbol(type) ? symbol((int) value) : value;
  }

  void symbols(int[] from, int[] into, int fromRow, int intoRow, int count) {
    for (int i = 0; i < count; i++) {
      into[intoRow + i] = symbol(from[fromRow + i]);
    }
  }

  /// Appends the attributes of parents `from` to `to`.
  void attributes(AttributeRows source, AttributeRows target, int from, int to) {
    if (from == to) {
      return;
    }
    int first = source.from(from);
    int count = source.to(to - 1) - first;
    int at = target.size();
    int parent = target.parents();
    target.addRows(to - from, count);
    for (int p = from; p < to; p++) {
      target.ends()[parent + p - from] = at + source.to(p) - first;
    }
    byte[] types = source.types();
    System.arraycopy(types, first, target.types(), at, count);
    symbols(source.keys(), target.keys(), first, at, count);
    long[] values = source.values();
    long[] into = target.values();
    for (int i = 0; i < count; i++) {
      into[at + i] = value(types[first + i], values[first + i]);
    }
  }
}
