package dev.pharos.store.segment;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.segment.encoding.ByteSource;
import dev.pharos.store.segment.encoding.LongCodec;
import dev.pharos.store.segment.encoding.TextCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What the chunk of attribute keys of a table says: its columns, and the shapes that rows have. Any thread may read.
///
/// @param texts of the keys
/// @param key per column: a symbol of `texts`
/// @param count per column: its values
/// @param part per column: where the values are, 0 in the chunk of rare ones
/// @param members per shape: its columns in order
record AttributeKeys(
    Symbols texts, int[] key, int[] type, int[] count, int[] part, int[][] members) {
  /// No attributes at all, so that all rows have the one empty shape.
  static final AttributeKeys NONE =
      new AttributeKeys(
          new Symbols(0, 0), new int[0], new int[0], new int[0], new int[0], new int[1][0]);

  private static final int[] NO_COLUMNS = {};
  private static final int MAX_COLUMNS = 1 << 24;

  /// Of rows that are in no chunk; keys with equal bytes are one.
  ///
  /// @param symbols of the keys of the rows
  static AttributeKeys of(AttributeShapes shapes, Symbols symbols) {
    int columns = shapes.columns();
    var texts = new Symbols(0, 0);
    var key = new int[columns];
    var type = new int[columns];
    var count = new int[columns];
    for (int column = 0; column < columns; column++) {
      key[column] = texts.intern(symbols, shapes.key(column));
      type[column] = shapes.type(column);
      count[column] = shapes.count(column);
    }
    var members = new int[shapes.count()][];
    for (int shape = 0, at = 0; shape < members.length; shape++) {
      members[shape] = new int[(int) shapes.lengths()[shape]];
      for (int i = 0; i < members[shape].length; i++) {
        members[shape][i] = (int) shapes.members()[at++];
      }
    }
    return new AttributeKeys(texts, key, type, count, new int[columns], members);
  }

  /// @param parents rows of the table
  static AttributeKeys read(ByteSource in, int parents) {
    int columns = in.readCount(MAX_COLUMNS);
    int texts = in.readCount(MAX_COLUMNS);
    Symbols symbols = TextCodec.decode(in, texts);
    int[] key = Footer.indexes(in, columns, symbols.count());
    int[] type = Footer.indexes(in, columns, ValueType.BYTES + 1);
    LongCodec.decode(in, columns);
    int[] count = Footer.indexes(in, columns, parents + 1);
    int[] part = Footer.indexes(in, columns, Integer.MAX_VALUE);
    int shapeCount = in.readCount(Math.max(parents, 1));
    int[] lengths = Footer.indexes(in, shapeCount, MAX_COLUMNS);
    int memberCount = in.readCount(1 << 28);
    int[] all = Footer.indexes(in, memberCount, Math.max(columns, 1));
    var members = new int[shapeCount][];
    int at = 0;
    for (int shape = 0; shape < shapeCount; shape++) {
      if (lengths[shape] > memberCount - at) {
        throw in.bad(
            "shape of " + lengths[shape] + " columns (expected: up to " + (memberCount - at) + ")");
      }
      members[shape] = Arrays.copyOfRange(all, at, at + lengths[shape]);
      at += lengths[shape];
    }
    return new AttributeKeys(symbols, key, type, count, part, members);
  }

  /// The symbol of a key that some column has, or -1.
  int find(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    for (int id = 0; id < texts.count(); id++) {
      if (texts.same(id, utf8)) {
        for (int own : key) {
          if (own == id) {
            return id;
          }
        }
      }
    }
    return -1;
  }

  /// Per shape the first column of this key, or -1.
  int[] firstColumns(int wanted) {
    var first = new int[members.length];
    for (int shape = 0; shape < first.length; shape++) {
      first[shape] = -1;
      for (int column : members[shape]) {
        if (key[column] == wanted) {
          first[shape] = column;
          break;
        }
      }
    }
    return first;
  }

  /// Per shape whether it has the column as the first of its key, behind another, or not, as in [AttributeRun].
  ///
  /// @param first of the column's key, as of [#firstColumns]
  byte[] has(int column, int[] first) {
    var has = new byte[members.length];
    for (int shape = 0; shape < has.length; shape++) {
      // Without a first of its key, a shape has no such column at all.
      for (int member : first[shape] < 0 ? NO_COLUMNS : members[shape]) {
        if (member == column) {
          has[shape] = first[shape] == column ? AttributeRun.FIRST : AttributeRun.LATER;
        }
      }
    }
    return has;
  }

  /// Where the values of a column begin among all rare ones.
  int rareFrom(int column) {
    int from = 0;
    for (int before = 0; before < column; before++) {
      from += part[before] == 0 ? count[before] : 0;
    }
    return from;
  }

  /// Per column its key as a symbol of `target`.
  int[] internKeys(Symbols target) {
    var ids = new int[key.length];
    for (int column = 0; column < ids.length; column++) {
      ids[column] = target.intern(texts, key[column]);
    }
    return ids;
  }
}
