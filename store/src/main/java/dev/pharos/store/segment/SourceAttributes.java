package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.store.segment.encoding.LongTable;
import java.util.Arrays;

/// The attributes of one table of a source with the *shape* of each row: its sequence of keys and types. Few shapes
/// cover all rows, so what a shape means to the segment that is written is found once and not row by row. One thread.
final class SourceAttributes {
  private final AttributeRows rows;
  private final int[] shapes;
  private final int[][] keys;
  private final byte[][] types;

  /// Per shape what it is in the segment, as the writer of that noted, and when.
  private Object[] targets = {};

  private int epoch;

  /// @param shapes per row
  /// @param keys per shape, symbols of the source
  /// @param types per shape
  SourceAttributes(AttributeRows rows, int[] shapes, int[][] keys, byte[][] types) {
    this.rows = rows;
    this.shapes = shapes;
    this.keys = keys;
    this.types = types;
  }

  /// Finds the shapes of these rows.
  static SourceAttributes of(AttributeRows rows, int parents) {
    int[] keys = rows.keys();
    byte[] types = rows.types();
    var shapes = new int[parents];
    var hashes = new LongTable(16);
    var examples = new int[16];
    int count = 0;
    for (int parent = 0, from = 0; parent < parents; parent++) {
      int to = rows.to(parent);
      long hash = to - from;
      for (int i = from; i < to; i++) {
        hash = (Long.rotateLeft(hash, 11) ^ ((long) keys[i] << 8 | types[i])) * 0x9E3779B97F4A7C15L;
      }
      int shape = hashes.add(hash);
      while (shape < count && !isSame(rows, parent, examples[shape])) {
        shape = hashes.add(++hash);
      }
      if (shape == count) {
        if (count == examples.length) {
          examples = Arrays.copyOf(examples, count * 2);
        }
        examples[count++] = parent;
      }
      shapes[parent] = shape;
      from = to;
    }
    var shapeKeys = new int[count][];
    var shapeTypes = new byte[count][];
    for (int shape = 0; shape < count; shape++) {
      int from = rows.from(examples[shape]);
      int to = rows.to(examples[shape]);
      shapeKeys[shape] = Arrays.copyOfRange(keys, from, to);
      shapeTypes[shape] = Arrays.copyOfRange(types, from, to);
    }
    return new SourceAttributes(rows, shapes, shapeKeys, shapeTypes);
  }

  private static boolean isSame(AttributeRows rows, int a, int b) {
    return Arrays.equals(
            rows.keys(), rows.from(a), rows.to(a), rows.keys(), rows.from(b), rows.to(b))
        && Arrays.equals(
            rows.types(), rows.from(a), rows.to(a), rows.types(), rows.from(b), rows.to(b));
  }

  AttributeRows rows() {
    return rows;
  }

  int shape(int row) {
    return shapes[row];
  }

  int[] keys(int shape) {
    return keys[shape];
  }

  byte[] types(int shape) {
    return types[shape];
  }

  /// Room for a note on each shape, empty if the notes are of another epoch.
  Object[] targets(int now) {
    if (epoch != now) {
      epoch = now;
      targets = new Object[keys.length];
    }
    return targets;
  }
}
