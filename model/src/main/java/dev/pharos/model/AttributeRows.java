package dev.pharos.model;

import java.util.Arrays;

/// The attributes of all rows of one parent table: rows of (key symbol, type, value), the ones of parent `p` being
/// `from(p)` to `to(p)`. Values are as in [ValueType]; symbols are of the batch's dictionary. Order and duplicates are
/// kept as they came.
///
/// Building: for each parent in turn, [#add] its attributes, then [#endParent]. Thread rule as for [Symbols].
public final class AttributeRows {
  private int[] ends;
  private int[] keys;
  private byte[] types;
  private long[] values;
  private int parents;
  private int size;

  public AttributeRows() {
    this(8, 16);
  }

  public AttributeRows(int parentCapacity, int capacity) {
    ends = new int[Math.max(4, parentCapacity)];
    keys = new int[Math.max(8, capacity)];
    types = new byte[keys.length];
    values = new long[keys.length];
  }

  /// Takes over arrays: `ends[p]` is where the attributes of parent `p` end.
  public static AttributeRows of(
      int[] ends, int parents, int[] keys, byte[] types, long[] values, int size) {
    var rows = new AttributeRows(0, 0);
    rows.ends = ends;
    rows.parents = parents;
    rows.keys = keys;
    rows.types = types;
    rows.values = values;
    rows.size = size;
    return rows;
  }

  /// The same rows without spare room.
  AttributeRows trimmed() {
    return of(
        Arrays.copyOf(ends, parents),
        parents,
        Arrays.copyOf(keys, size),
        Arrays.copyOf(types, size),
        Arrays.copyOf(values, size),
        size);
  }

  public void add(int key, byte type, long value) {
    if (size == keys.length) {
      int capacity = size * 2;
      keys = Arrays.copyOf(keys, capacity);
      types = Arrays.copyOf(types, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    keys[size] = key;
    types[size] = type;
    values[size] = value;
    size++;
  }

  /// Appends so many closed parents and attributes, all zero, which the caller then writes into the backing arrays.
  public void addRows(int moreParents, int moreRows) {
    int newParents = Math.addExact(parents, moreParents);
    if (newParents > ends.length) {
      ends =
          Arrays.copyOf(
              ends, Math.max(newParents, (int) Math.min(parents * 2L, Integer.MAX_VALUE - 16)));
    }
    int newSize = Math.addExact(size, moreRows);
    if (newSize > keys.length) {
      int capacity = Math.max(newSize, (int) Math.min(size * 2L, Integer.MAX_VALUE - 16));
      keys = Arrays.copyOf(keys, capacity);
      types = Arrays.copyOf(types, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    parents = newParents;
    size = newSize;
  }

  /// Closes the parent whose attributes were added since the last call.
  public void endParent() {
    if (parents == ends.length) {
      ends = Arrays.copyOf(ends, parents * 2);
    }
    ends[parents++] = size;
  }

  /// Takes back what was added since the last closed parent.
  public void abandonParent() {
    size = parents == 0 ? 0 : ends[parents - 1];
  }

  /// Takes back closed parents, so that `parents()` is `count`.
  public void truncate(int count) {
    parents = count;
    size = count == 0 ? 0 : ends[count - 1];
  }

  public int from(int parent) {
    return parent == 0 ? 0 : ends[parent - 1];
  }

  public int to(int parent) {
    return ends[parent];
  }

  /// The row of the first attribute of `parent` with this key symbol, or -1.
  public int find(int parent, int key) {
    for (int i = from(parent), end = to(parent); i < end; i++) {
      if (keys[i] == key) {
        return i;
      }
    }
    return -1;
  }

  public int key(int row) {
    return keys[row];
  }

  public byte type(int row) {
    return types[row];
  }

  public long value(int row) {
    return values[row];
  }

  /// Attribute rows of all parents.
  public int size() {
    return size;
  }

  public int parents() {
    return parents;
  }

  /// Backing arrays, valid up to [#size()] (`ends`: to [#parents()]). Only the builder of the batch writes to them.
  public int[] keys() {
    return keys;
  }

  public byte[] types() {
    return types;
  }

  public long[] values() {
    return values;
  }

  public int[] ends() {
    return ends;
  }

  public long sizeBytes() {
    return 4L * ends.length + 13L * keys.length + 96;
  }
}
