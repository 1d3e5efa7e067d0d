package dev.pharos.store.read;

import java.util.Arrays;

/// The rows of a table in groups, such as those with the same sequence of attributes. One thread at a time.
public final class RowGroups {
  private static final long[] NO_ROWS = {};

  private final int[] ofRows;
  private final int count;

  /// By group its rows as bits, empty if it has none; empty as a whole until it is asked for.
  private long[][] rows = {};

  /// @param ofRows by row its group, from 0 to below `count`; not to be written any more
  public RowGroups(int[] ofRows, int count) {
    this.ofRows = ofRows;
    this.count = count;
  }

  /// How many groups there are, with or without rows.
  public int count() {
    return count;
  }

  public int rows() {
    return ofRows.length;
  }

  public int of(int row) {
    return ofRows[row];
  }

  /// How many rows each group has.
  public int[] sizes() {
    var sizes = new int[count];
    for (int group : ofRows) {
      sizes[group]++;
    }
    return sizes;
  }

  /// The rows of some groups, 64 in a word, the first in the lowest bit.
  ///
  /// @param wanted by group, not 0 of those wanted
  public long[] rowsOf(byte[] wanted) {
    if (rows.length == 0) {
      rows = byGroup();
    }
    var all = new long[(ofRows.length + 63) >> 6];
    for (int group = 0; group < wanted.length; group++) {
      long[] own = wanted[group] == 0 ? NO_ROWS : rows[group];
      for (int word = 0; word < own.length; word++) {
        all[word] |= own[word];
      }
    }
    return all;
  }

  private long[][] byGroup() {
    var byGroup = new long[count][];
    Arrays.fill(byGroup, NO_ROWS);
    for (int row = 0; row < ofRows.length; row++) {
      int group = ofRows[row];
      if (byGroup[group].length == 0) {
        byGroup[group] = new long[(ofRows.length + 63) >> 6];
      }
      byGroup[group][row >> 6] |= 1L << row;
    }
    return byGroup;
  }
}
