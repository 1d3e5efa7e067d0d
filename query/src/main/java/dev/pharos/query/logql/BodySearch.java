package dev.pharos.query.logql;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.query.regex.Bytes;
import dev.pharos.store.read.Column;
import java.util.BitSet;

/// Leaves out the rows of a block whose text does not contain a needle, by one search through all its texts, which lie
/// one behind the other. Stateless.
final class BodySearch {
  private BodySearch() {}

  /// Keeps of `rows[0, count)` those whose text contains the needle or whose body is no text, in their order.
  ///
  /// @return how many
  static int keep(Column body, byte[] needle, int[] rows, int count) {
    BitSet having = having(body.symbols(), needle);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      boolean keeps = body.type(row) != ValueType.STRING || having.get((int) body.value(row));
      rows[kept] = row;
      kept += keeps ? 1 : 0;
    }
    return kept;
  }

  /// The symbols that contain the needle.
  private static BitSet having(Symbols symbols, byte[] needle) {
    var having = new BitSet();
    byte[] bytes = symbols.bytes();
    int to = symbols.textBytes();
    int id = 0;
    int at = Bytes.indexOf(bytes, 0, to, needle);
    while (at >= 0) {
      id = symbolAt(symbols, id, at);
      int end = symbols.offset(id) + symbols.length(id);
      boolean within = at + needle.length <= end;
      if (within) {
        having.set(id);
      }
      at = Bytes.indexOf(bytes, within ? end : at + 1, to, needle);
    }
    return having;
  }

  /// The symbol that the byte at a place belongs to, `from` or one behind it.
  private static int symbolAt(Symbols symbols, int from, int place) {
    int low = from;
    int high = symbols.count() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (symbols.offset(middle) <= place) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
