package dev.pharos.store.read;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import java.util.ArrayList;
import java.util.List;

/// The values of one type that rows have under a key, one after the other: for those who count values and need no
/// column with a place for each row. Not to be written; valid until the plan is closed; any thread may read.
///
/// @param type of all values
/// @param groups by row, which group it is of
/// @param has by group: [#NONE], [#FIRST], or [#LATER] if its rows have such a value behind another of the same key
/// @param values of the rows that have one, in the order of rows, `from` on
/// @param symbols of the values, if they are symbols
public record AttributeRun(
    byte type, int[] groups, byte[] has, long[] values, int from, int count, Symbols symbols) {
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
    var counts = new int[ValueType.BYTES + 2];
    for (int row = 0; row < rows; row++) {
      groups[row] = column.type(row) + 1;
      counts[groups[row]]++;
    }
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
        runs.add(new AttributeRun(type, groups, has, values, 0, values.length, column.symbols()));
      }
    }
    return runs;
  }
}
