package dev.pharos.store.segment;

import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.LongCodec;
import dev.pharos.store.segment.encoding.LongTable;
import dev.pharos.store.segment.encoding.TextCodec;
import dev.pharos.store.segment.encoding.Texts;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Gathers the attributes of one table of a block from the rows of many sources, column by column, and writes them.
///
/// The attributes of a row, in order, by key, type and occurrence, are its *shape*; few shapes cover all rows, and say
/// order, duplicates and absence for all columns at once. A column has the values of the rows whose shape has it.
/// Columns with few values share one chunk. Columns and shapes are known for the whole segment, and numbered anew in
/// each block by when they come first. One thread.
final class AttributeGather {
  /// Values below which a column has no chunk of its own.
  private static final int LEAST_VALUES = 32;

  private static final int MAX_LISTED_RARE = 256;

  /// Columns or shapes of the segment beyond which they are forgotten between blocks.
  private static final int MAX_KNOWN = 8192;

  private final AttributeTable table;
  private final TextDictionary dictionary;
  private final SegmentWriter out;
  private final Effort effort;

  private Symbols keys = new Symbols(1024, 64);
  private LongTable kinds = new LongTable(64);

  /// Per kind (key and type) its columns by occurrence.
  private final List<List<Column>> columnsOfKind = new ArrayList<>();

  private final Map<IntBuffer, Shape> shapes = new HashMap<>();
  private int columnCount;
  private int epoch = 1;

  private int round = 1;
  private final List<Column> blockColumns = new ArrayList<>();
  private final List<Shape> blockShapes = new ArrayList<>();
  private long[] rowShapes = new long[SpanFormat.BLOCK_ROWS];
  private int rows;

  /// A column of the segment.
  ///
  /// @param number counts through the segment
  private static final class Column {
    final GatheredColumn values;
    final int number;
    int round;
    int inBlock;

    Column(GatheredColumn values, int number) {
      this.values = values;
      this.number = number;
    }
  }

  private static final class Shape {
    final Column[] columns;
    final GatheredColumn[] values;
    int round;
    int inBlock;

    Shape(Column[] columns) {
      this.columns = columns;
      this.values = new GatheredColumn[columns.length];
      for (int i = 0; i < columns.length; i++) {
        values[i] = columns[i].values;
      }
    }
  }

  AttributeGather(
      AttributeTable table, TextDictionary dictionary, SegmentWriter out, Effort effort) {
    this.table = table;
    this.dictionary = dictionary;
    this.out = out;
    this.effort = effort;
  }

  /// Adds the attributes of one row.
  void add(SourceAttributes source, int row, SourceTexts texts) {
    Object[] targets = source.targets(epoch);
    int number = source.shape(row);
    Shape shape = (Shape) targets[number];
    if (shape == null) {
      shape = shape(source.keys(number), source.types(number), texts.symbols());
      targets[number] = shape;
    }
    if (shape.round != round) {
      enter(shape);
    }
    if (rows == rowShapes.length) {
      rowShapes = Arrays.copyOf(rowShapes, rows * 2);
    }
    rowShapes[rows++] = shape.inBlock;
    long[] values = source.rows().values();
    int at = source.rows().from(row);
    for (GatheredColumn column : shape.values) {
      long value = values[at++];
      if (column.isText()) {
        column.add(texts, (int) value);
      } else {
        column.add(value);
      }
    }
  }

  private void enter(Shape shape) {
    shape.round = round;
    shape.inBlock = blockShapes.size();
    blockShapes.add(shape);
    for (Column column : shape.columns) {
      if (column.round != round) {
        column.round = round;
        column.inBlock = blockColumns.size();
        blockColumns.add(column);
      }
    }
  }

  private Shape shape(int[] sourceKeys, byte[] types, Symbols symbols) {
    var columns = new Column[sourceKeys.length];
    var numbers = new int[sourceKeys.length];
    Map<Integer, Integer> occurrences = new HashMap<>();
    for (int i = 0; i < columns.length; i++) {
      int key = keys.intern(symbols, sourceKeys[i]);
      int kind = kinds.add((long) key << 8 | types[i] & 0xff);
      int occurrence = occurrences.merge(kind, 1, Integer::sum) - 1;
      columns[i] = column(kind, key, types[i], occurrence);
      numbers[i] = columns[i].number;
    }
    return shapes.computeIfAbsent(IntBuffer.wrap(numbers), ignored -> new Shape(columns));
  }

  private Column column(int kind, int key, byte type, int occurrence) {
    if (kind == columnsOfKind.size()) {
      columnsOfKind.add(new ArrayList<>(1));
    }
    List<Column> known = columnsOfKind.get(kind);
    if (occurrence == known.size()) {
      var values = new GatheredColumn(dictionary, key, type, occurrence);
      known.add(new Column(values, columnCount++));
    }
    return known.get(occurrence);
  }

  /// Writes what was gathered and begins the next block.
  ///
  /// @return whether some columns are not listed in the footer
  boolean write() {
    boolean unlisted = !blockColumns.isEmpty() && writeColumns();
    for (Column column : blockColumns) {
      column.values.clear();
    }
    blockColumns.clear();
    blockShapes.clear();
    rows = 0;
    round++;
    if (columnCount > MAX_KNOWN || shapes.size() > MAX_KNOWN) {
      forget();
    }
    return unlisted;
  }

  private void forget() {
    keys = new Symbols(1024, 64);
    kinds = new LongTable(64);
    columnsOfKind.clear();
    shapes.clear();
    columnCount = 0;
    epoch++;
  }

  private boolean writeColumns() {
    var parts = new int[blockColumns.size()];
    for (Column column : blockColumns) {
      GatheredColumn values = column.values;
      if (values.count() >= LEAST_VALUES && values.type() != ValueType.EMPTY) {
        int part = part(values);
        parts[column.inBlock] = part;
        values.write(part, effort, out);
        if (effort == Effort.SMALL
            && values.type() == ValueType.STRING
            && table == AttributeTable.ROWS) {
          values.filter(part, keys, out);
        }
      }
    }
    boolean unlisted = writeRare(parts);
    writeKeys(parts);
    GatheredColumn.numbers(rowShapes, rows, effort, out.begin());
    out.end(table.shapes);
    return unlisted;
  }

  private int part(GatheredColumn column) {
    return out.column(table, keys, column.key(), column.type(), column.occurrence());
  }

  private boolean writeRare(int[] parts) {
    int total = 0;
    int columns = 0;
    for (Column column : blockColumns) {
      if (parts[column.inBlock] == 0) {
        total += column.values.count();
        columns++;
      }
    }
    if (columns == 0) {
      return false;
    }
    var rare = new long[total];
    var texts = new Symbols(256, 32);
    int at = 0;
    for (Column column : blockColumns) {
      if (parts[column.inBlock] != 0) {
        continue;
      }
      GatheredColumn values = column.values;
      for (int i = 0; i < values.count(); i++) {
        rare[at++] = values.isText() ? values.intern(i, texts) : values.value(i);
      }
      if (columns <= MAX_LISTED_RARE) {
        out.listRare(part(values));
      }
    }
    ByteSink sink = out.begin();
    sink.putVarint(texts.count() - 1L);
    TextCodec.encode(Texts.of(texts), sink);
    LongCodec.encode(rare, total, sink);
    out.end(table.rare);
    return columns > MAX_LISTED_RARE;
  }

  private void writeKeys(int[] parts) {
    int columns = parts.length;
    var texts = new Symbols(256, 32);
    var lists = new long[5][columns];
    for (int i = 0; i < columns; i++) {
      GatheredColumn column = blockColumns.get(i).values;
      lists[0][i] = texts.intern(keys, column.key());
      lists[1][i] = column.type();
      lists[2][i] = column.occurrence();
      lists[3][i] = column.count();
      lists[4][i] = parts[i];
    }
    ByteSink sink = out.begin();
    sink.putVarint(columns);
    sink.putVarint(texts.count() - 1L);
    TextCodec.encode(Texts.of(texts), sink);
    for (long[] list : lists) {
      LongCodec.encode(list, columns, sink);
    }
    int members = 0;
    var lengths = new long[blockShapes.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = blockShapes.get(i).columns.length;
      members = Math.addExact(members, blockShapes.get(i).columns.length);
    }
    var all = new long[members];
    int at = 0;
    for (Shape shape : blockShapes) {
      for (Column column : shape.columns) {
        all[at++] = column.inBlock;
      }
    }
    sink.putVarint(lengths.length);
    LongCodec.encode(lengths, lengths.length, sink);
    sink.putVarint(members);
    LongCodec.encode(all, members, sink);
    out.end(table.keys);
  }
}
