package dev.pharos.store.segment;

import dev.pharos.model.AttributeRows;
import dev.pharos.model.Symbols;
import dev.pharos.model.ValueType;
import dev.pharos.store.read.AttributeRun;
import dev.pharos.store.read.Column;
import dev.pharos.store.segment.encoding.ByteSource;
import dev.pharos.store.segment.encoding.DoubleCodec;
import dev.pharos.store.segment.encoding.LongCodec;
import dev.pharos.store.segment.encoding.TextCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The attributes of one table of a block, each column read when first asked for. One thread at a time.
final class AttributeColumns {
  private static final int MAX_COLUMNS = 1 << 24;
  private static final long[] NONE = {};

  private final ChunkReader reader;
  private final BlockEntry block;
  private final AttributeTable table;
  private final int parents;
  private @Nullable Keys keys;
  private int @Nullable [] shapes;
  private int @Nullable [] shapeRows;
  private @Nullable Values rare;

  AttributeColumns(ChunkReader reader, BlockEntry block, AttributeTable table, int parents) {
    this.reader = reader;
    this.block = block;
    this.table = table;
    this.parents = parents;
  }

  /// What the chunk of keys says.
  ///
  /// @param texts of the keys
  /// @param key per column: a symbol of `texts`
  /// @param count per column: its values
  /// @param part per column: where the values are, 0 in the chunk of rare ones
  /// @param members per shape: its columns in order
  private record Keys(
      Symbols texts, int[] key, int[] type, int[] count, int[] part, int[][] members) {}

  /// Values of one column, or of all rare ones.
  private record Values(long[] values, int from, Symbols symbols) {}

  private Keys keys() {
    Keys known = keys;
    if (known == null) {
      Chunk chunk = block.chunk(table.keys);
      known =
          chunk == null
              ? new Keys(
                  new Symbols(0, 0), new int[0], new int[0], new int[0], new int[0], new int[1][0])
              : reader.read(chunk, this::readKeys);
      keys = known;
    }
    return known;
  }

  private Keys readKeys(ByteSource in) {
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
    return new Keys(symbols, key, type, count, part, members);
  }

  private int[] shapes() {
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
    Keys known = keys();
    var names = new LinkedHashSet<String>();
    for (int column = 0; column < known.key().length; column++) {
      names.add(known.texts().text(known.key()[column]));
    }
    return names;
  }

  /// For each row its first attribute of this name.
  Column column(String name) {
    Keys known = keys();
    int key = findKey(known, name);
    if (key < 0) {
      return Column.absent(parents);
    }
    int[] first = firstColumns(known, key);
    int columns = known.key().length;
    var wanted = new boolean[columns];
    int kinds = 0;
    for (int column : first) {
      if (column >= 0 && !wanted[column]) {
        wanted[column] = true;
        kinds++;
      }
    }
    var types = new byte[parents];
    Arrays.fill(types, ValueType.ABSENT);
    var values = new long[parents];
    var merged = new Symbols(0, 0);
    boolean ownSymbols = kinds == 1;
    for (int column = 0; column < columns; column++) {
      if (wanted[column]) {
        Values own = values(known, column);
        if (ValueType.isSymbol((byte) known.type()[column])) {
          if (ownSymbols) {
            merged = own.symbols();
          } else {
            own = new Values(appended(own, known.count()[column], merged), 0, merged);
          }
        }
        spread(known, column, first, own, types, values);
      }
    }
    return uniform(types, values, merged);
  }

  /// The values of this name, those of each column together.
  List<AttributeRun> runs(String name) {
    Keys known = keys();
    int key = findKey(known, name);
    if (key < 0) {
      return List.of();
    }
    int[] first = firstColumns(known, key);
    int[] shapeRows = shapeRows();
    List<AttributeRun> runs = new ArrayList<>();
    for (int column = 0; column < known.key().length; column++) {
      if (known.key()[column] == key) {
        byte[] has = new byte[first.length];
        int expected = 0;
        boolean counts = false;
        for (int shape = 0; shape < has.length; shape++) {
          has[shape] = has(known, shape, column, first[shape]);
          expected += has[shape] == AttributeRun.NONE ? 0 : shapeRows[shape];
          counts |= has[shape] == AttributeRun.FIRST && shapeRows[shape] > 0;
        }
        int count = known.count()[column];
        if (expected != count) {
          throw new CorruptSegmentException(
              reader.name(),
              0,
              "column "
                  + column
                  + " of "
                  + table
                  + " has "
                  + count
                  + " values (expected: "
                  + expected
                  + ")");
        }
        if (counts) {
          Values own = values(known, column);
          byte type = (byte) known.type()[column];
          runs.add(
              new AttributeRun(
                  type, shapes(), has, own.values(), own.from(), count, own.symbols()));
        }
      }
    }
    return runs;
  }

  private static byte has(Keys known, int shape, int column, int first) {
    if (first == column) {
      return AttributeRun.FIRST;
    }
    // Without a first of its key, a shape has no such column at all.
    if (first >= 0) {
      for (int member : known.members()[shape]) {
        if (member == column) {
          return AttributeRun.LATER;
        }
      }
    }
    return AttributeRun.NONE;
  }

  /// How many rows are of each shape.
  private int[] shapeRows() {
    int[] known = shapeRows;
    if (known == null) {
      known = new int[keys().members().length];
      for (int shape : shapes()) {
        known[shape]++;
      }
      shapeRows = known;
    }
    return known;
  }

  private Column uniform(byte[] types, long[] values, Symbols symbols) {
    for (byte type : types) {
      if (type != types[0]) {
        return new Column(parents, ValueType.ABSENT, types, values, symbols);
      }
    }
    return parents == 0 ? Column.absent(0) : new Column(parents, types[0], null, values, symbols);
  }

  private static int findKey(Keys keys, String name) {
    byte[] utf8 = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int id = 0; id < keys.texts().count(); id++) {
      if (keys.texts().same(id, utf8)) {
        for (int key : keys.key()) {
          if (key == id) {
            return id;
          }
        }
      }
    }
    return -1;
  }

  /// Per shape the first column of this key, or -1.
  private static int[] firstColumns(Keys keys, int key) {
    var first = new int[keys.members().length];
    for (int shape = 0; shape < first.length; shape++) {
      first[shape] = -1;
      for (int column : keys.members()[shape]) {
        if (keys.key()[column] == key) {
          first[shape] = column;
          break;
        }
      }
    }
    return first;
  }

  private void spread(Keys keys, int column, int[] first, Values own, byte[] types, long[] values) {
    var has = new boolean[first.length];
    for (int shape = 0; shape < first.length; shape++) {
      for (int member : keys.members()[shape]) {
        has[shape] |= member == column;
      }
    }
    byte type = (byte) keys.type()[column];
    int next = own.from();
    int end = next + keys.count()[column];
    int[] rowShapes = shapes();
    for (int row = 0; row < parents; row++) {
      int shape = rowShapes[row];
      if (has[shape]) {
        if (next == end) {
          throw new CorruptSegmentException(
              reader.name(), 0, "column " + column + " of " + table + " has too few values");
        }
        if (first[shape] == column) {
          types[row] = type;
          values[row] = own.values()[next];
        }
        next++;
      }
    }
  }

  private Values values(Keys known, int column) {
    return values(known, column, 0, known.count()[column]);
  }

  /// The values of a column, of which those before `first` and from `end` on may be anything.
  private Values values(Keys known, int column, int first, int end) {
    int part = known.part()[column];
    int count = known.count()[column];
    if (part == 0) {
      int from = 0;
      for (int before = 0; before < column; before++) {
        from += known.part()[before] == 0 ? known.count()[before] : 0;
      }
      Values all = rare(known);
      if (ValueType.isSymbol((byte) known.type()[column])) {
        for (int i = from; i < from + count; i++) {
          checkedSymbol(all.values()[i], all.symbols().count());
        }
      }
      return new Values(all.values(), from, all.symbols());
    }
    Chunk chunk = block.chunk(part);
    if (chunk == null || chunk.length() == 0) {
      throw new CorruptSegmentException(
          reader.name(), 0, "attribute column " + part + " is not in the footer");
    }
    byte type = (byte) known.type()[column];
    return reader.read(
        chunk,
        in -> {
          if (ValueType.isSymbol(type)) {
            TextColumns.Decoded decoded = TextColumns.decode(in, count, first, end);
            return new Values(decoded.ids(), 0, decoded.symbols());
          }
          long[] values =
              type == ValueType.DOUBLE
                  ? DoubleCodec.decode(in, count)
                  : LongCodec.decode(in, count);
          return new Values(values, 0, new Symbols(0, 0));
        });
  }

  private Values rare(Keys known) {
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

  /// All attributes, in order; keys are interned in `target`, values are appended to it without a look for equal ones.
  void decodeAll(Symbols target, AttributeRows into) {
    decode(target, into, 0, parents);
  }

  /// As [#decodeAll], those of the rows `from` to `to` alone, with the shape of each.
  SourceAttributes decode(Symbols target, AttributeRows into, int from, int to) {
    Keys known = keys();
    int columns = known.key().length;
    int[] rowShapes = shapes();
    checkCounts(known, rowShapes);
    var keyIds = new int[columns];
    var typeOf = new byte[columns];
    for (int column = 0; column < columns; column++) {
      keyIds[column] = target.intern(known.texts(), known.key()[column]);
      typeOf[column] = (byte) known.type()[column];
    }
    int[] first = countBelow(known, rowShapes, from);
    int[] end = countBelow(known, rowShapes, to);
    long[][] all = values(known, first, end, target);
    int[][] members = known.members();
    var shapeKeys = new int[members.length][];
    var shapeTypes = new byte[members.length][];
    for (int shape = 0; shape < members.length; shape++) {
      int length = members[shape].length;
      shapeKeys[shape] = new int[length];
      shapeTypes[shape] = new byte[length];
      for (int i = 0; i < length; i++) {
        shapeKeys[shape][i] = keyIds[members[shape][i]];
        shapeTypes[shape][i] = typeOf[members[shape][i]];
      }
    }
    int size = 0;
    for (int column = 0; column < columns; column++) {
      size = Math.addExact(size, end[column] - first[column]);
    }
    int at = into.size();
    int parent = into.parents();
    into.addRows(to - from, size);
    var next = new int[columns];
    for (int row = from; row < to; row++) {
      int shape = rowShapes[row];
      int[] own = members[shape];
      System.arraycopy(shapeKeys[shape], 0, into.keys(), at, own.length);
      System.arraycopy(shapeTypes[shape], 0, into.types(), at, own.length);
      long[] values = into.values();
      for (int column : own) {
        values[at++] = all[column][next[column]++];
      }
      into.ends()[parent + row - from] = at;
    }
    return new SourceAttributes(
        into, Arrays.copyOfRange(rowShapes, from, to), shapeKeys, shapeTypes);
  }

  /// Per column its values in the rows before `end`.
  private static int[] countBelow(Keys known, int[] rowShapes, int end) {
    var rowsOfShape = new int[known.members().length];
    for (int row = 0; row < end; row++) {
      rowsOfShape[rowShapes[row]]++;
    }
    var counts = new int[known.key().length];
    for (int shape = 0; shape < rowsOfShape.length; shape++) {
      for (int column : known.members()[shape]) {
        counts[column] += rowsOfShape[shape];
      }
    }
    return counts;
  }

  /// Refuses rows that have more or fewer values of a column than there are.
  private void checkCounts(Keys known, int[] rowShapes) {
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

  /// Of each column the values `first` to `end`, texts as symbols of `target`.
  private long[][] values(Keys known, int[] first, int[] end, Symbols target) {
    var all = new long[known.key().length][];
    int rareFrom = 0;
    int rareShift = -1;
    for (int column = 0; column < all.length; column++) {
      boolean isText = ValueType.isSymbol((byte) known.type()[column]);
      boolean isRare = known.part()[column] == 0;
      if (first[column] == end[column]) {
        all[column] = NONE;
      } else if (isRare) {
        Values rareValues = rare(known);
        if (isText && rareShift < 0) {
          rareShift = target.addAll(rareValues.symbols());
        }
        all[column] =
            Arrays.copyOfRange(
                rareValues.values(), rareFrom + first[column], rareFrom + end[column]);
        if (isText) {
          shiftSymbols(all[column], rareShift, rareValues.symbols().count());
        }
      } else {
        Values own = values(known, column, first[column], end[column]);
        all[column] =
            first[column] == 0 && own.values().length == end[column]
                ? own.values()
                : Arrays.copyOfRange(own.values(), first[column], end[column]);
        if (isText) {
          shiftSymbols(all[column], target.addAll(own.symbols()), own.symbols().count());
        }
      }
      rareFrom += isRare ? known.count()[column] : 0;
    }
    return all;
  }

  private void shiftSymbols(long[] symbols, int shift, int limit) {
    for (int i = 0; i < symbols.length; i++) {
      long symbol = checkedSymbol(symbols[i], limit);
      symbols[i] = symbol == 0 ? 0 : symbol + shift;
    }
  }

  private long checkedSymbol(long symbol, int limit) {
    if (symbol < 0 || symbol >= limit) {
      throw new CorruptSegmentException(
          reader.name(),
          0,
          "text " + symbol + " of an attribute (expected: 0 to " + (limit - 1) + ")");
    }
    return symbol;
  }

  private static long[] appended(Values own, int count, Symbols target) {
    int shift = target.addAll(own.symbols());
    var values = new long[count];
    for (int i = 0; i < count; i++) {
      long id = own.values()[own.from() + i];
      values[i] = id == 0 ? 0 : id + shift;
    }
    return values;
  }
}
