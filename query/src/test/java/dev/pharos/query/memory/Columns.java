package dev.pharos.query.memory;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/// Columns of blocks made from the arrays of batches, and attributes written into them, for tests.
final class Columns {
  private Columns() {}

  static Column longs(long[] values, int rows) {
    return Column.ofLongs(rows, Arrays.copyOf(values, rows));
  }

  static Column bytes(byte[] values, int rows) {
    var longs = new long[rows];
    for (int i = 0; i < rows; i++) {
      longs[i] = values[i];
    }
    return Column.ofLongs(rows, longs);
  }

  static Column ints(int[] values, int rows) {
    return Column.ofLongs(rows, widened(values, rows));
  }

  static Column symbols(int[] values, int rows, Symbols symbols) {
    return Column.ofSymbols(rows, widened(values, rows), symbols);
  }

  private static long[] widened(int[] values, int rows) {
    var longs = new long[rows];
    for (int i = 0; i < rows; i++) {
      longs[i] = values[i];
    }
    return longs;
  }

  /// The attribute `key` of the parent that each row refers to.
  static Column attribute(
      AttributeRows attributes, Symbols symbols, String key, int rows, IntUnaryOperator parent) {
    int id = symbols.find(key);
    var types = new byte[rows];
    var values = new long[rows];
    Arrays.fill(types, ValueType.ABSENT);
    boolean any = false;
    for (int row = 0; row < rows; row++) {
      int at = id < 0 ? -1 : attributes.find(parent.applyAsInt(row), id);
      if (at >= 0) {
        types[row] = attributes.type(at);
        values[row] = attributes.value(at);
        any = true;
      }
    }
    return any ? new Column(rows, ValueType.ABSENT, types, values, symbols) : Column.absent(rows);
  }

  static Set<String> keys(
      AttributeRows attributes, Symbols symbols, int rows, IntUnaryOperator parent) {
    var keys = new LinkedHashSet<String>();
    for (int row = 0; row < rows; row++) {
      int p = parent.applyAsInt(row);
      for (int i = attributes.from(p); i < attributes.to(p); i++) {
        keys.add(symbols.text(attributes.key(i)));
      }
    }
    return keys;
  }

  /// Adds attributes of a parent; values are String, Boolean, Long, Double, List or Map.
  static void add(AttributeRows attributes, Symbols symbols, Map<String, Object> map) {
    map.forEach(
        (key, value) -> {
          int id = symbols.intern(key);
          switch (value) {
            case String s -> attributes.add(id, ValueType.STRING, symbols.intern(s));
            case Boolean b -> attributes.add(id, ValueType.BOOL, b ? 1 : 0);
            case Long n -> attributes.add(id, ValueType.INT, n);
            case Double d -> attributes.add(id, ValueType.DOUBLE, Double.doubleToRawLongBits(d));
            case List<?> l ->
                attributes.add(id, ValueType.ARRAY, encoded(symbols, Nested.array(l)));
            case Map<?, ?> m -> attributes.add(id, ValueType.MAP, encoded(symbols, Nested.map(m)));
            default -> throw new IllegalArgumentException("attribute value: " + value);
          }
        });
  }

  static int encoded(Symbols symbols, byte[] bytes) {
    return symbols.intern(bytes, 0, bytes.length);
  }

  static int text(Symbols symbols, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return symbols.intern(utf8, 0, utf8.length);
  }
}
