package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.Column;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/// Attributes of a table (Resources, scopes) as columns of the rows that refer to it.
final class TableAttributes {
  private TableAttributes() {}

  /// For each row the first attribute of this name of the table row it refers to.
  static Column column(
      AttributeRows attributes, int tableRows, Symbols symbols, long[] references, String name) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    var types = new byte[tableRows];
    var values = new long[tableRows];
    for (int row = 0; row < tableRows; row++) {
      types[row] = ValueType.ABSENT;
      for (int i = attributes.from(row); i < attributes.to(row); i++) {
        if (symbols.same(attributes.key(i), key)) {
          types[row] = attributes.type(i);
          values[row] = attributes.value(i);
          break;
        }
      }
    }
    return spread(types, values, references, symbols);
  }

  private static Column spread(
      byte[] tableTypes, long[] tableValues, long[] references, Symbols symbols) {
    int rows = references.length;
    var types = new byte[rows];
    var values = new long[rows];
    boolean uniform = true;
    for (int i = 0; i < rows; i++) {
      int row = (int) references[i];
      types[i] = tableTypes[row];
      values[i] = tableValues[row];
      uniform &= types[i] == types[0];
    }
    if (!uniform) {
      return new Column(rows, ValueType.ABSENT, types, values, symbols);
    }
    return rows == 0 || types[0] == ValueType.ABSENT
        ? Column.absent(rows)
        : new Column(rows, types[0], null, values, symbols);
  }

  /// Names of the attributes of the table rows that are referred to.
  static Set<String> names(
      AttributeRows attributes, int tableRows, Symbols symbols, long[] references) {
    var used = new boolean[tableRows];
    for (long row : references) {
      used[(int) row] = true;
    }
    var names = new LinkedHashSet<String>();
    for (int row = 0; row < tableRows; row++) {
      for (int i = attributes.from(row); used[row] && i < attributes.to(row); i++) {
        names.add(symbols.text(attributes.key(i)));
      }
    }
    return names;
  }
}
