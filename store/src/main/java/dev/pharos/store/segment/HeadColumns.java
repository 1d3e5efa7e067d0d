package dev.pharos.store.segment;

import dev.pharos.model.ScopeTable;
import dev.pharos.model.Symbols;
import dev.pharos.store.read.Column;

/// Columns of a batch's arrays.
final class HeadColumns {
  private HeadColumns() {}

  static Column numbers(long[] values, int rows) {
    return Column.ofLongs(rows, values);
  }

  static Column numbers(byte[] values, int rows) {
    var longs = new long[rows];
    for (int i = 0; i < rows; i++) {
      longs[i] = values[i];
    }
    return Column.ofLongs(rows, longs);
  }

  static Column unsigned(int[] values, int rows) {
    return Column.ofLongs(rows, longs(values, rows));
  }

  static Column texts(int[] ids, int rows, Symbols symbols) {
    return Column.ofSymbols(rows, longs(ids, rows), symbols);
  }

  static Column scopes(int[] scope, int rows, ScopeTable scopes, Symbols symbols, boolean version) {
    var ids = new long[rows];
    for (int i = 0; i < rows; i++) {
      ids[i] = version ? scopes.version(scope[i]) : scopes.name(scope[i]);
    }
    return Column.ofSymbols(rows, ids, symbols);
  }

  static long[] longs(int[] values, int rows) {
    var longs = new long[rows];
    for (int i = 0; i < rows; i++) {
      longs[i] = values[i] & 0xffffffffL;
    }
    return longs;
  }

  static int[] parents(int[] ends, int rows) {
    int total = rows == 0 ? 0 : ends[rows - 1];
    var parents = new int[total];
    for (int row = 0, at = 0; row < rows; row++) {
      for (; at < ends[row]; at++) {
        parents[at] = row;
      }
    }
    return parents;
  }
}
