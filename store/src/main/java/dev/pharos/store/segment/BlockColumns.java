package dev.pharos.store.segment;

import dev.pharos.model.ResourceTable;
import dev.pharos.model.ScopeTable;
import dev.pharos.model.Symbols;
import dev.pharos.store.read.Column;
import dev.pharos.store.segment.encoding.ByteSource;
import dev.pharos.store.segment.encoding.LongCodec;
import java.util.function.Function;

/// Reads the fixed columns of one block. One thread at a time.
final class BlockColumns {
  private final ChunkReader reader;
  private final BlockEntry block;

  BlockColumns(ChunkReader reader, BlockEntry block) {
    this.reader = reader;
    this.block = block;
  }

  /// The same columns, with the bytes of all of them read at once.
  BlockColumns held() {
    return new BlockColumns(reader.holding(block), block);
  }

  ChunkReader reader() {
    return reader;
  }

  BlockEntry block() {
    return block;
  }

  int rows() {
    return block.rows();
  }

  boolean has(int part) {
    return block.chunk(part) != null;
  }

  /// Decodes a chunk that must be there.
  <T> T read(int part, Function<ByteSource, T> decoder) {
    Chunk chunk = block.chunk(part);
    if (chunk == null) {
      throw new CorruptSegmentException(
          reader.name(), 0, "a block of " + rows() + " rows has no chunk " + part);
    }
    return reader.read(chunk, decoder);
  }

  /// Numbers, 0 where the chunk is missing.
  long[] numbers(int part, int count) {
    Chunk chunk = block.chunk(part);
    return chunk == null ? new long[count] : reader.read(chunk, in -> LongCodec.decode(in, count));
  }

  /// As the other `numbers`, those of some rows, which ascend.
  long[] numbers(int part, int count, int[] picked) {
    Chunk chunk = block.chunk(part);
    return chunk == null
        ? new long[picked.length]
        : reader.read(chunk, in -> LongCodec.decode(in, count, picked));
  }

  /// Numbers that are rows of a table.
  long[] tableRows(int part, int limit) {
    return checked(part, numbers(part, rows()), limit);
  }

  /// As the other `tableRows`, those of some rows, which ascend.
  long[] tableRows(int part, int limit, int[] picked) {
    return checked(part, numbers(part, rows(), picked), limit);
  }

  private long[] checked(int part, long[] rows, int limit) {
    for (long row : rows) {
      if (row < 0 || row >= limit) {
        throw new CorruptSegmentException(
            reader.name(),
            0,
            "row " + row + " in column " + part + " (expected: 0 to " + (limit - 1) + ")");
      }
    }
    return rows;
  }

  Column numberColumn(int part, int count) {
    return Column.ofLongs(count, numbers(part, count));
  }

  TextColumns.Decoded texts(int part, int count) {
    Chunk chunk = block.chunk(part);
    return chunk == null
        ? new TextColumns.Decoded(new long[count], new Symbols(0, 0))
        : reader.read(chunk, in -> TextColumns.decode(in, count));
  }

  Column textColumn(int part, int count) {
    TextColumns.Decoded decoded = texts(part, count);
    return Column.ofSymbols(count, decoded.ids(), decoded.symbols());
  }

  /// As the other `texts`, those of some rows, which ascend.
  TextColumns.Decoded texts(int part, int count, int[] picked) {
    Chunk chunk = block.chunk(part);
    return chunk == null
        ? new TextColumns.Decoded(new long[picked.length], new Symbols(0, 0))
        : reader.read(chunk, in -> TextColumns.decode(in, count, picked));
  }

  /// Texts as new symbols of `target`.
  void append(int part, int count, Symbols target, int[] into) {
    if (has(part)) {
      append(texts(part, count), target, into);
    }
  }

  /// As the other `append`, of some rows, which ascend.
  void append(int part, int count, int[] picked, Symbols target, int[] into) {
    if (has(part)) {
      append(texts(part, count, picked), target, into);
    }
  }

  private static void append(TextColumns.Decoded decoded, Symbols target, int[] into) {
    int shift = target.addAll(decoded.symbols());
    for (int i = 0; i < decoded.ids().length; i++) {
      int id = (int) decoded.ids()[i];
      into[i] = id == 0 ? 0 : id + shift;
    }
  }

  /// Names of scopes by row, or versions.
  Column scopeColumn(ScopeTable scopes, Symbols symbols, boolean version) {
    return scopeColumn(tableRows(Part.SCOPE, scopes.size()), scopes, symbols, version);
  }

  static Column scopeColumn(long[] rows, ScopeTable scopes, Symbols symbols, boolean version) {
    for (int i = 0; i < rows.length; i++) {
      int scope = (int) rows[i];
      rows[i] = version ? scopes.version(scope) : scopes.name(scope);
    }
    return Column.ofSymbols(rows.length, rows, symbols);
  }

  long[] resourceRows(ResourceTable resources) {
    return tableRows(Part.RESOURCE, resources.size());
  }
}
