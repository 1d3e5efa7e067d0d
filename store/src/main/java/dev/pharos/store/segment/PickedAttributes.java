package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.RowGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The attributes of a few rows of a table. A column has values of the rows whose shape has it, so how many of these
/// stand before a row says which of the column's values is the row's; only these are decoded. One thread at a time.
final class PickedAttributes {
  private final AttributeColumns columns;
  private final int[] rows;
  private final List<Picked> picked = new ArrayList<>();
  private @Nullable ShapedRuns runs;

  /// @param rows ascending
  PickedAttributes(AttributeColumns columns, int[] rows) {
    this.columns = columns;
    this.rows = rows;
  }

  Set<String> names() {
    AttributeKeys keys = columns.keys();
    int[] shapes = columns.shapes();
    var had = new boolean[keys.key().length];
    for (int row : rows) {
      for (int column : keys.members()[shapes[row]]) {
        had[column] = true;
      }
    }
    var names = new LinkedHashSet<String>();
    for (int column = 0; column < had.length; column++) {
      if (had[column]) {
        names.add(keys.texts().text(keys.key()[column]));
      }
    }
    return names;
  }

  /// For each of the rows its first attribute of this name.
  Column column(String name) {
    return AttributeRun.column(runs(name), rows.length);
  }

  /// The values of this name, those of each column together.
  List<AttributeRun> runs(String name) {
    ShapedRuns known = runs;
    if (known == null) {
      AttributeKeys keys = columns.keys();
      known =
          new ShapedRuns(
              keys,
              shapes(keys.members().length),
              (column, has, count) -> columns.values(keys, column, numbers(has, count)));
      runs = known;
    }
    return known.of(name);
  }

  private RowGroups shapes(int count) {
    int[] all = columns.shapes();
    var own = new int[rows.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = all[rows[i]];
    }
    return new RowGroups(own, count);
  }

  /// Which of the values of a column are of these rows; many columns are had by the same rows.
  private int[] numbers(byte[] has, int count) {
    for (Picked known : picked) {
      if (Arrays.equals(known.has, has)) {
        return known.numbers;
      }
    }
    var ranks = new Ranks(columns.rowsByShape().rowsOf(has));
    int[] shapes = columns.shapes();
    var numbers = new int[count];
    for (int i = 0, next = 0; next < count; i++) {
      if (has[shapes[rows[i]]] != AttributeRun.NONE) {
        numbers[next++] = ranks.below(rows[i]);
      }
    }
    picked.add(new Picked(has, numbers));
    return numbers;
  }

  /// The numbers of values of columns that the same shapes have.
  private record Picked(byte[] has, int[] numbers) {}

  /// All attributes of the rows, in order; texts are interned in `target`.
  void copy(Symbols target, AttributeRows into) {
    AttributeKeys keys = columns.keys();
    int[] shapes = columns.shapes();
    int[][] members = keys.members();
    int[][] numbers = numbers(keys, shapes);
    int size = 0;
    for (int[] own : numbers) {
      size += own.length;
    }
    int[] keyIds = new int[numbers.length];
    var values = new long[numbers.length][];
    for (int column = 0; column < values.length; column++) {
      if (numbers[column].length > 0) {
        keyIds[column] = target.intern(keys.texts(), keys.key()[column]);
        values[column] = interned(keys, column, numbers[column], target);
      }
    }
    int at = into.size();
    int parent = into.parents();
    into.addRows(rows.length, size);
    var next = new int[numbers.length];
    for (int i = 0; i < rows.length; i++) {
      for (int column : members[shapes[rows[i]]]) {
        into.keys()[at] = keyIds[column];
        into.types()[at] = (byte) keys.type()[column];
        into.values()[at++] = values[column][next[column]++];
      }
      into.ends()[parent + i] = at;
    }
  }

  private long[] interned(AttributeKeys keys, int column, int[] numbers, Symbols target) {
    AttributeColumns.Values read = columns.values(keys, column, numbers);
    if (!ValueType.isSymbol((byte) keys.type()[column])) {
      return read.values();
    }
    var ids = new long[numbers.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = target.intern(read.symbols(), (int) read.values()[i]);
    }
    return ids;
  }

  /// Per column which of its values are of these rows.
  private int[][] numbers(AttributeKeys keys, int[] shapes) {
    int[][] members = keys.members();
    int columnCount = keys.key().length;
    var counts = new int[columnCount];
    for (int row : rows) {
      for (int column : members[shapes[row]]) {
        counts[column]++;
      }
    }
    var numbers = new int[columnCount][];
    for (int column = 0; column < columnCount; column++) {
      numbers[column] = new int[counts[column]];
    }
    var passed = new int[members.length];
    var before = new int[columnCount];
    var next = new int[columnCount];
    for (int i = 0, row = 0; i < rows.length; i++) {
      for (; row < rows[i]; row++) {
        passed[shapes[row]]++;
      }
      for (int shape = 0; shape < passed.length; shape++) {
        if (passed[shape] > 0) {
          for (int column : members[shape]) {
            before[column] += passed[shape];
          }
          passed[shape] = 0;
        }
      }
      for (int column : members[shapes[row]]) {
        numbers[column][next[column]++] = before[column];
      }
    }
    return numbers;
  }
}
