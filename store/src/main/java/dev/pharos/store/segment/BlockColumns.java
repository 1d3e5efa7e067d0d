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

  /// Numbers that are rows of a table.
  long[] tableRows(int part, int limit) {
    long[] rows = numbers(part, rows());
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

  /// Texts as new symbols of `target`.
  void append(int part, int count, Symbols target, int[] into) {
    append(part, count, target, into, 0, count);
  }

  /// As the other `append`, of the rows `from` to `to` alone.
  void append(int part, int count, Symbols target, int[] into, int from, int to) {
    Chunk chunk = block.chunk(part);
    if (chunk == null) {
      return;
    }
    TextColumns.Decoded decoded = reader.read(chunk, in -> TextColumns.decode(in, count, from, to));
    int shift = target.addAll(decoded.symbols());
    for (int i = from; i < to; i++) {
      int id = (int) decoded.ids()[i];
      into[i - from] = id == 0 ? 0 : id + shift;
    }
  }

  /// Names of scopes by row, or versions.
  Column scopeColumn(ScopeTable scopes, Symbols symbols, boolean version) {
    long[] rows = tableRows(Part.SCOPE, scopes.size());
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
