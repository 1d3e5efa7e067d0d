package dev.pharos.store.read;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The values of one type that rows have under a key, one after the other: for those who count values and need no
/// column with a place for each row. Not to be written; valid until the plan is closed; any thread may read.
///
/// @param type of all values
/// @param groups of the rows
/// @param has by group: [#NONE], [#FIRST], or [#LATER] if its rows have such a value behind another of the same key
/// @param values of the rows that have one, in the order of rows, `from` on
/// @param symbols of the values, if they are symbols
public record AttributeRun(
    byte type, RowGroups groups, byte[] has, long[] values, int from, int count, Symbols symbols) {
  public static final byte NONE = 0;
  public static final byte FIRST = 1;
  public static final byte LATER = 2;

  /// The values of a column.
  public static List<AttributeRun> of(Column column) {
    if (column.isAbsent()) {
      return List.of();
    }
    int rows = column.rows();
    var groups = new int[rows];
    if (column.types() == null) {
      byte[] all = {FIRST};
      return List.of(
          new AttributeRun(
              column.uniform(),
              new RowGroups(groups, 1),
              all,
              column.values(),
              0,
              rows,
              column.symbols()));
    }
    var counts = new int[ValueType.BYTES + 2];
    for (int row = 0; row < rows; row++) {
      groups[row] = column.type(row) + 1;
      counts[groups[row]]++;
    }
    var byType = new RowGroups(groups, counts.length);
    List<AttributeRun> runs = new ArrayList<>();
    for (int group = 1; group < counts.length; group++) {
      if (counts[group] > 0) {
        var has = new byte[counts.length];
        has[group] = FIRST;
        var values = new long[counts[group]];
        int next = 0;
        for (int row = 0; row < rows; row++) {
          if (groups[row] == group) {
            values[next++] = column.value(row);
          }
        }
        byte type = (byte) (group - 1);
        runs.add(new AttributeRun(type, byType, has, values, 0, values.length, column.symbols()));
      }
    }
    return runs;
  }

  /// The column that has the values of the runs of one attribute.
  public static Column column(List<AttributeRun> runs, int rows) {
    var types = new byte[rows];
    Arrays.fill(types, ValueType.ABSENT);
    var values = new long[rows];
    List<Symbols> dictionaries =
        runs.stream()
            .filter(run -> ValueType.isSymbol(run.type))
            .map(AttributeRun::symbols)
            .distinct()
            .toList();
    boolean merges = dictionaries.size() != 1;
    Symbols symbols = merges ? new Symbols(0, 0) : dictionaries.getFirst();
    for (AttributeRun run : runs) {
      int shift = merges && ValueType.isSymbol(run.type) ? symbols.addAll(run.symbols) : 0;
      run.spread(shift, types, values);
    }
    return Column.of(types, values, symbols);
  }

  /// @param shift what is added to values that are not 0
  private void spread(int shift, byte[] types, long[] values) {
    int next = from;
    for (int row = 0; row < types.length; row++) {
      byte mine = has[groups.of(row)];
      if (mine == FIRST) {
        long value = this.values[next];
        types[row] = type;
        values[row] = value == 0 ? 0 : value + shift;
      }
      next += mine == NONE ? 0 : 1;
    }
  }
}
