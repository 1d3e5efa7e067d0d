package dev.pharos.store.read;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import org.jspecify.annotations.Nullable;

/// One column of a block: for each row a type and a value as in [ValueType], [ValueType#ABSENT] where the row has none.
/// Valid until the plan is closed; not to be written. Any thread may read.
///
/// @param uniform the type of all rows where `types` is null
/// @param types of each row, or null if all are `uniform`
/// @param values of each row; symbols are of `symbols`
/// @param symbols the dictionary; distinct ids may have equal bytes
public record Column(
    int rows, byte uniform, byte @Nullable [] types, long[] values, Symbols symbols) {
  private static final Symbols NO_SYMBOLS = new Symbols(0, 0);

  /// Whole numbers.
  public static Column ofLongs(int rows, long[] values) {
    return new Column(rows, ValueType.INT, null, values, NO_SYMBOLS);
  }

  /// Texts by symbol.
  public static Column ofSymbols(int rows, long[] ids, Symbols symbols) {
    return new Column(rows, ValueType.STRING, null, ids, symbols);
  }

  /// A value and a type for each row.
  public static Column of(byte[] types, long[] values, Symbols symbols) {
    int rows = types.length;
    for (byte type : types) {
      if (type != types[0]) {
        return new Column(rows, ValueType.ABSENT, types, values, symbols);
      }
    }
    return rows == 0 ? absent(0) : new Column(rows, types[0], null, values, symbols);
  }

  /// A column that no row has.
  public static Column absent(int rows) {
    return new Column(rows, ValueType.ABSENT, null, new long[0], NO_SYMBOLS);
  }

  public byte type(int row) {
    return types == null ? uniform : types[row];
  }

  public long value(int row) {
    return values[row];
  }

  /// Whether no row has a value.
  public boolean isAbsent() {
    return types == null && uniform == ValueType.ABSENT;
  }

  public String text(int row) {
    return symbols.text((int) values[row]);
  }
}
