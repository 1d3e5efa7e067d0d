package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.DoubleCodec;
import dev.pharos.store.segment.encoding.LongCodec;
import dev.pharos.store.segment.encoding.TextCodec;
import dev.pharos.store.segment.encoding.Texts;

/// Writes the attributes of one table of a block. The attributes of a row, in order, by key, type and occurrence, are
/// its
/// *shape*; few shapes cover all rows, and say order, duplicates and absence for all columns at once. A column has the
/// values of the rows whose shape has it. Columns with few values share one chunk.
final class AttributeEncoder {
  /// Values below which a column has no chunk of its own.
  static final int LEAST_VALUES = 32;

  private static final int MAX_LISTED_RARE = 256;

  private final AttributeTable table;
  private final AttributeRows rows;
  private final int parents;
  private final AttributeShapes shapes;
  private final TextColumns texts;
  private final Symbols symbols;
  private final SegmentWriter out;

  AttributeEncoder(
      AttributeTable table,
      AttributeRows rows,
      int parents,
      Symbols symbols,
      TextColumns texts,
      SegmentWriter out) {
    this.table = table;
    this.rows = rows;
    this.parents = parents;
    this.symbols = symbols;
    this.texts = texts;
    this.out = out;
    this.shapes = new AttributeShapes(rows, parents);
  }

  /// Returns whether some columns are not listed in the footer.
  boolean encode() {
    if (shapes.columns() == 0) {
      return false;
    }
    int columns = shapes.columns();
    var starts = new int[columns + 1];
    for (int column = 0; column < columns; column++) {
      starts[column + 1] = starts[column] + shapes.count(column);
    }
    long[] values = values(starts);
    var parts = new int[columns];
    for (int column = 0; column < columns; column++) {
      if (shapes.count(column) >= LEAST_VALUES && shapes.type(column) != ValueType.EMPTY) {
        parts[column] = part(column);
        writeColumn(column, values, starts[column], parts[column]);
      }
    }
    boolean unlisted = writeRare(parts, values, starts);
    writeKeys(parts);
    ByteSink sink = out.begin();
    LongCodec.encode(shapes.ofRows(), parents, sink);
    out.end(table.shapes);
    return unlisted;
  }

  private int part(int column) {
    return out.column(
        table, symbols, shapes.key(column), shapes.type(column), shapes.occurrence(column));
  }

  /// All values, column by column.
  private long[] values(int[] starts) {
    var values = new long[rows.size()];
    int[] next = starts.clone();
    for (int i = 0; i < values.length; i++) {
      values[next[shapes.ofAttribute(i)]++] = rows.value(i);
    }
    return values;
  }

  private void writeColumn(int column, long[] values, int from, int part) {
    int count = shapes.count(column);
    byte type = shapes.type(column);
    ByteSink sink = out.begin();
    if (ValueType.isSymbol(type)) {
      texts.encode(values, from, count, sink);
      if (type == ValueType.STRING && table == AttributeTable.ROWS) {
        out.endAttributeTexts(part, shapes.key(column), symbols, texts.distinct(), texts.count());
      } else {
        out.endTexts(part, symbols, texts.distinct(), texts.count());
      }
      return;
    }
    long[] own = java.util.Arrays.copyOfRange(values, from, from + count);
    if (type == ValueType.DOUBLE) {
      DoubleCodec.encode(own, count, sink);
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (long bits : own) {
        double value = Double.longBitsToDouble(bits);
        if (!Double.isNaN(value)) {
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
      }
      out.endRange(part, true, Double.doubleToRawLongBits(min), Double.doubleToRawLongBits(max));
    } else {
      LongCodec.encode(own, count, sink);
      long min = Long.MAX_VALUE;
      long max = Long.MIN_VALUE;
      for (long value : own) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      out.endRange(part, false, min, max);
    }
  }

  private boolean writeRare(int[] parts, long[] values, int[] starts) {
    int total = 0;
    int columns = 0;
    for (int column = 0; column < parts.length; column++) {
      if (parts[column] == 0) {
        total += shapes.count(column);
        columns++;
      }
    }
    if (columns == 0) {
      return false;
    }
    var rare = new long[total];
    var dictionary = new Symbols(256, 32);
    int at = 0;
    for (int column = 0; column < parts.length; column++) {
      if (parts[column] != 0) {
        continue;
      }
      boolean isText = ValueType.isSymbol(shapes.type(column));
      for (int i = starts[column]; i < starts[column + 1]; i++) {
        rare[at++] = isText ? dictionary.intern(symbols, (int) values[i]) : values[i];
      }
      if (columns <= MAX_LISTED_RARE) {
        out.listRare(part(column));
      }
    }
    ByteSink sink = out.begin();
    sink.putVarint(dictionary.count() - 1L);
    TextCodec.encode(Texts.of(dictionary), sink);
    LongCodec.encode(rare, total, sink);
    out.end(table.rare);
    return columns > MAX_LISTED_RARE;
  }

  private void writeKeys(int[] parts) {
    int columns = parts.length;
    var keys = new Symbols(256, 32);
    var lists = new long[5][columns];
    for (int column = 0; column < columns; column++) {
      lists[0][column] = keys.intern(symbols, shapes.key(column));
      lists[1][column] = shapes.type(column);
      lists[2][column] = shapes.occurrence(column);
      lists[3][column] = shapes.count(column);
      lists[4][column] = parts[column];
    }
    ByteSink sink = out.begin();
    sink.putVarint(columns);
    sink.putVarint(keys.count() - 1L);
    TextCodec.encode(Texts.of(keys), sink);
    for (long[] list : lists) {
      LongCodec.encode(list, columns, sink);
    }
    sink.putVarint(shapes.count());
    LongCodec.encode(shapes.lengths(), shapes.count(), sink);
    sink.putVarint(shapes.memberCount());
    LongCodec.encode(shapes.members(), shapes.memberCount(), sink);
    out.end(table.keys);
  }
}
