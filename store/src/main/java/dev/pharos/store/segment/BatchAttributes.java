package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.RowGroups;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The attributes of one table of a batch as columns. Any thread.
final class BatchAttributes {
  private final AttributeRows rows;
  private final int parents;
  private final Symbols symbols;
  private volatile @Nullable Map<String, BitSet> keys;

  BatchAttributes(AttributeRows rows, int parents, Symbols symbols) {
    this.rows = rows;
    this.parents = parents;
    this.symbols = symbols;
  }

  /// Names of the attributes that some row has, and their symbols: a batch may have a text more than once.
  private Map<String, BitSet> keys() {
    Map<String, BitSet> known = keys;
    if (known == null) {
      known = new LinkedHashMap<>();
      var seen = new BitSet(symbols.count());
      for (int i = 0; i < rows.size(); i++) {
        int key = rows.key(i);
        if (!seen.get(key)) {
          seen.set(key);
          known.computeIfAbsent(symbols.text(key), name -> new BitSet()).set(key);
        }
      }
      keys = known;
    }
    return known;
  }

  Set<String> names() {
    return keys().keySet();
  }

  /// For each row its first attribute of this name.
  Column column(String name) {
    BitSet wanted = keys().get(name);
    if (wanted == null) {
      return Column.absent(parents);
    }
    int only = wanted.cardinality() == 1 ? wanted.nextSetBit(0) : -1;
    var types = new byte[parents];
    var values = new long[parents];
    boolean uniform = true;
    for (int parent = 0; parent < parents; parent++) {
      types[parent] = ValueType.ABSENT;
      for (int i = rows.from(parent), end = rows.to(parent); i < end; i++) {
        int key = rows.key(i);
        if (key == only || only < 0 && wanted.get(key)) {
          types[parent] = rows.type(i);
          values[parent] = rows.value(i);
          break;
        }
      }
      uniform &= types[parent] == types[0];
    }
    return uniform && parents > 0
        ? new Column(parents, types[0], null, values, symbols)
        : new Column(parents, ValueType.ABSENT, types, values, symbols);
  }

  /// The attributes as runs; makes them all.
  ShapedRuns runs() {
    var shapes = new AttributeShapes(rows, parents);
    int columns = shapes.columns();
    var from = new int[columns + 1];
    for (int column = 0; column < columns; column++) {
      from[column + 1] = from[column] + shapes.count(column);
    }
    int[] next = from.clone();
    var values = new long[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[next[shapes.ofAttribute(i)]++] = rows.value(i);
    }
    var ofRows = new int[parents];
    SpanBlockDecoder.ints(shapes.ofRows(), ofRows);
    return new ShapedRuns(
        AttributeKeys.of(shapes, symbols),
        new RowGroups(ofRows, shapes.count()),
        (column, has, count) -> new AttributeColumns.Values(values, from[column], symbols));
  }
}
