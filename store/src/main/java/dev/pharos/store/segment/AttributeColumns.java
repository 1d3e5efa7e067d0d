package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.read.Column;
import dev.pharos.store.read.RowGroups;
import dev.pharos.store.segment.encoding.DoubleCodec;
import dev.pharos.store.segment.encoding.LongCodec;
import dev.pharos.store.segment.encoding.TextCodec;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The attributes of one table of a block, each column read when first asked for. One thread at a time.
final class AttributeColumns {
  private static final long[] NONE = {};
  private static final Symbols NO_SYMBOLS = new Symbols(0, 0);

  private final ChunkReader reader;
  private final BlockEntry block;
  private final AttributeTable table;
  private final int parents;
  private @Nullable AttributeKeys keys;
  private int @Nullable [] shapes;
  private @Nullable RowGroups rowsByShape;
  private @Nullable ShapedRuns runs;
  private @Nullable Values rare;

  AttributeColumns(ChunkReader reader, BlockEntry block, AttributeTable table, int parents) {
    this.reader = reader;
    this.block = block;
    this.table = table;
    this.parents = parents;
  }

  /// Values of one column, or of all rare ones.
  record Values(long[] values, int from, Symbols symbols) {}

  AttributeKeys keys() {
    AttributeKeys known = keys;
    if (known == null) {
      Chunk chunk = block.chunk(table.keys);
      known =
          chunk == null
              ? AttributeKeys.NONE
              : reader.read(chunk, in -> AttributeKeys.read(in, parents));
      keys = known;
    }
    return known;
  }

  /// The shape of each row.
  int[] shapes() {
    int[] known = shapes;
    if (known == null) {
      Chunk chunk = block.chunk(table.shapes);
      int count = keys().members().length;
      known =
          chunk == null
              ? new int[parents]
              : reader.read(chunk, in -> Footer.indexes(in, parents, count));
      shapes = known;
    }
    return known;
  }

  Set<String> names() {
    AttributeKeys known = keys();
    var names = new LinkedHashSet<String>();
    for (int column = 0; column < known.key().length; column++) {
      names.add(known.texts().text(known.key()[column]));
    }
    return names;
  }

  /// For each row its first attribute of this name.
  Column column(String name) {
    return AttributeRun.column(runs(name), parents);
  }

  /// The rows by their shapes.
  RowGroups rowsByShape() {
    RowGroups known = rowsByShape;
    if (known == null) {
      known = new RowGroups(shapes(), keys().members().length);
      rowsByShape = known;
    }
    return known;
  }

  /// The values of this name, those of each column together.
  List<AttributeRun> runs(String name) {
    ShapedRuns known = runs;
    if (known == null) {
      AttributeKeys all = keys();
      known =
          new ShapedRuns(all, rowsByShape(), (column, has, count) -> values(all, column, count));
      runs = known;
    }
    return known.of(name);
  }

  /// All values of a column, of which there must be as many as rows that have it.
  private Values values(AttributeKeys known, int column, int expected) {
    if (known.count()[column] != expected) {
      throw new CorruptSegmentException(
          reader.name(),
          0,
          "column "
              + column
              + " of "
              + table
              + " has "
              + known.count()[column]
              + " values (expected: "
              + expected
              + ")");
    }
    return values(known, column);
  }

  private Values values(AttributeKeys known, int column) {
    int part = known.part()[column];
    int count = known.count()[column];
    if (part == 0) {
      int from = known.rareFrom(column);
      Values all = rare(known);
      if (ValueType.isSymbol((byte) known.type()[column])) {
        for (int i = from; i < from + count; i++) {
          checkedSymbol(all.values()[i], all.symbols().count());
        }
      }
      return new Values(all.values(), from, all.symbols());
    }
    Chunk chunk = chunk(part);
    byte type = (byte) known.type()[column];
    return reader.read(
        chunk,
        in -> {
          if (ValueType.isSymbol(type)) {
            TextColumns.Decoded decoded = TextColumns.decode(in, count);
            return new Values(decoded.ids(), 0, decoded.symbols());
          }
          long[] values =
              type == ValueType.DOUBLE
                  ? DoubleCodec.decode(in, count)
                  : LongCodec.decode(in, count);
          return new Values(values, 0, NO_SYMBOLS);
        });
  }

  private Chunk chunk(int part) {
    Chunk chunk = block.chunk(part);
    if (chunk == null || chunk.length() == 0) {
      throw new CorruptSegmentException(
          reader.name(), 0, "attribute column " + part + " is not in the footer");
    }
    return chunk;
  }

  /// Of a column the values with these numbers, which ascend; symbols of texts are of the answer.
  Values values(AttributeKeys known, int column, int[] numbers) {
    byte type = (byte) known.type()[column];
    int part = known.part()[column];
    int count = known.count()[column];
    if (part == 0) {
      Values all = rare(known);
      int from = known.rareFrom(column);
      var values = new long[numbers.length];
      for (int i = 0; i < values.length; i++) {
        long value = all.values()[from + numbers[i]];
        values[i] = ValueType.isSymbol(type) ? checkedSymbol(value, all.symbols().count()) : value;
      }
      return new Values(values, 0, all.symbols());
    }
    return reader.read(
        chunk(part),
        in -> {
          if (ValueType.isSymbol(type)) {
            TextColumns.Decoded decoded = TextColumns.decode(in, count, numbers);
            return new Values(decoded.ids(), 0, decoded.symbols());
          }
          long[] values =
              type == ValueType.DOUBLE
                  ? DoubleCodec.decode(in, count, numbers)
                  : LongCodec.decode(in, count, numbers);
          return new Values(values, 0, NO_SYMBOLS);
        });
  }

  Values rare(AttributeKeys known) {
    Values read = rare;
    if (read == null) {
      int total = 0;
      for (int column = 0; column < known.count().length; column++) {
        total = Math.addExact(total, known.part()[column] == 0 ? known.count()[column] : 0);
      }
      int count = total;
      Chunk chunk = block.chunk(table.rare);
      if (chunk == null) {
        throw new CorruptSegmentException(
            reader.name(), 0, "the chunk of rare attributes is not in the footer");
      }
      read =
          reader.read(
              chunk,
              in -> {
                int texts = in.readCount(1 << 28);
                Symbols symbols = TextCodec.decode(in, texts);
                return new Values(LongCodec.decode(in, count), 0, symbols);
              });
      rare = read;
    }
    return read;
  }

  /// Number of all attributes.
  int size() {
    int size = 0;
    for (int count : keys().count()) {
      size = Math.addExact(size, count);
    }
    return size;
  }

  /// All attributes, in order, with the shape of each row; keys are interned in `target`, values are appended to it
  /// without a look for equal ones.
  SourceAttributes decodeAll(Symbols target, AttributeRows into) {
    AttributeKeys known = keys();
    int columns = known.key().length;
    int[] rowShapes = shapes();
    checkCounts(known, rowShapes);
    int[] keyIds = known.internKeys(target);
    long[][] all = values(known, target);
    int[][] members = known.members();
    var shapeKeys = new int[members.length][];
    var shapeTypes = new byte[members.length][];
    for (int shape = 0; shape < members.length; shape++) {
      int length = members[shape].length;
      shapeKeys[shape] = new int[length];
      shapeTypes[shape] = new byte[length];
      for (int i = 0; i < length; i++) {
        shapeKeys[shape][i] = keyIds[members[shape][i]];
        shapeTypes[shape][i] = (byte) known.type()[members[shape][i]];
      }
    }
    int at = into.size();
    int parent = into.parents();
    into.addRows(parents, size());
    var next = new int[columns];
    for (int row = 0; row < parents; row++) {
      int shape = rowShapes[row];
      int[] own = members[shape];
      System.arraycopy(shapeKeys[shape], 0, into.keys(), at, own.length);
      System.arraycopy(shapeTypes[shape], 0, into.types(), at, own.length);
      long[] values = into.values();
      for (int column : own) {
        values[at++] = all[column][next[column]++];
      }
      into.ends()[parent + row] = at;
    }
    return new SourceAttributes(into, rowShapes, shapeKeys, shapeTypes);
  }

  /// Refuses rows that have more or fewer values of a column than there are.
  void checkCounts(AttributeKeys known, int[] rowShapes) {
    var left = known.count().clone();
    var rowsOfShape = new int[known.members().length];
    for (int shape : rowShapes) {
      rowsOfShape[shape]++;
    }
    for (int shape = 0; shape < rowsOfShape.length; shape++) {
      for (int column : known.members()[shape]) {
        left[column] -= rowsOfShape[shape];
      }
    }
    for (int column = 0; column < left.length; column++) {
      if (left[column] != 0) {
        throw new CorruptSegmentException(
            reader.name(),
            0,
            "column " + column + " of " + table + " has " + left[column] + " values too many");
      }
    }
  }

  /// Of each column its values, texts as symbols of `target`.
  private long[][] values(AttributeKeys known, Symbols target) {
    var all = new long[known.key().length][];
    int rareFrom = 0;
    int rareShift = -1;
    for (int column = 0; column < all.length; column++) {
      boolean isText = ValueType.isSymbol((byte) known.type()[column]);
      boolean isRare = known.part()[column] == 0;
      int count = known.count()[column];
      if (count == 0) {
        all[column] = NONE;
      } else if (isRare) {
        Values rareValues = rare(known);
        if (isText && rareShift < 0) {
          rareShift = target.addAll(rareValues.symbols());
        }
        all[column] = Arrays.copyOfRange(rareValues.values(), rareFrom, rareFrom + count);
        if (isText) {
          shiftSymbols(all[column], rareShift, rareValues.symbols().count());
        }
      } else {
        Values own = values(known, column);
        all[column] = own.values();
        if (isText) {
          shiftSymbols(all[column], target.addAll(own.symbols()), own.symbols().count());
        }
      }
      rareFrom += isRare ? count : 0;
    }
    return all;
  }

  private void shiftSymbols(long[] symbols, int shift, int limit) {
    for (int i = 0; i < symbols.length; i++) {
      long symbol = checkedSymbol(symbols[i], limit);
      symbols[i] = symbol == 0 ? 0 : symbol + shift;
    }
  }

  long checkedSymbol(long symbol, int limit) {
    if (symbol < 0 || symbol >= limit) {
      throw new CorruptSegmentException(
          reader.name(),
          0,
          "text " + symbol + " of an attribute (expected: 0 to " + (limit - 1) + ")");
    }
    return symbol;
  }
}
