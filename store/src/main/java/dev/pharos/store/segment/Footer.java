package dev.pharos.store.segment;

import dev.pharos.model.LongRows;
import dev.pharos.model.Symbols;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import dev.pharos.store.segment.encoding.LongCodec;
import dev.pharos.store.segment.encoding.TextCodec;
import dev.pharos.store.segment.encoding.Texts;
import dev.pharos.store.segment.encoding.Zstandard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// The index at the end of a segment: its tables, attribute columns, and where each block's chunks are. Everything is
/// lists of numbers and texts, together under zstd.
///
/// @param rows of all blocks
/// @param streams counts for each Resource of log segments; empty for spans
record Footer(
    long rows,
    SegmentTables tables,
    List<StreamCounts> streams,
    List<AttributeColumn> columns,
    List<BlockEntry> blocks) {
  private static final int MAX_ENTRIES = 1 << 26;

  void encode(ByteSink out) {
    var bytes = new ByteSink(1 << 16);
    bytes.putVarint(rows);
    bytes.putVarint(tables.symbols.count() - 1L);
    TextCodec.encode(Texts.of(tables.symbols), bytes);
    TableCodec.putResources(tables.resources, bytes);
    TableCodec.putScopes(tables.scopes, bytes);
    putStreams(bytes);
    putColumns(bytes);
    putBlocks(bytes);
    Zstandard.put(bytes.bytes(), 0, bytes.size(), out);
  }

  private void putStreams(ByteSink out) {
    out.putVarint(streams.size());
    put(streams, StreamCounts::minNanos, out);
    put(streams, StreamCounts::maxNanos, out);
    put(streams, StreamCounts::records, out);
    put(streams, StreamCounts::bodyBytes, out);
  }

  private void putColumns(ByteSink out) {
    out.putVarint(columns.size());
    put(columns, column -> column.table().ordinal(), out);
    put(columns, AttributeColumn::key, out);
    put(columns, AttributeColumn::type, out);
    put(columns, AttributeColumn::occurrence, out);
  }

  private void putBlocks(ByteSink out) {
    out.putVarint(blocks.size());
    put(blocks, BlockEntry::rows, out);
    for (ToLongFunction<BlockEntry.Bounds> bound : BOUNDS) {
      put(blocks, block -> bound.applyAsLong(block.bounds()), out);
    }
    put(blocks, block -> block.chunks().size(), out);
    var chunks = new ArrayList<Chunk>();
    blocks.forEach(block -> chunks.addAll(block.chunks()));
    out.putVarint(chunks.size());
    put(chunks, Chunk::part, out);
    put(chunks, Chunk::offset, out);
    put(chunks, Chunk::length, out);
    put(chunks, chunk -> chunk.known().ordinal(), out);
    put(chunks, Chunk::min, out);
    put(chunks, Chunk::max, out);
    put(chunks, chunk -> chunk.texts().length, out);
    var texts = new LongRows();
    for (Chunk chunk : chunks) {
      for (int text : chunk.texts()) {
        texts.add(text);
      }
    }
    out.putVarint(texts.size());
    LongCodec.encode(texts.values(), texts.size(), out);
  }

  private static final List<ToLongFunction<BlockEntry.Bounds>> BOUNDS =
      List.of(
          BlockEntry.Bounds::minNanos,
          BlockEntry.Bounds::maxNanos,
          BlockEntry.Bounds::minResource,
          BlockEntry.Bounds::maxResource,
          BlockEntry.Bounds::minScope,
          BlockEntry.Bounds::maxScope,
          BlockEntry.Bounds::minDuration,
          BlockEntry.Bounds::maxDuration,
          BlockEntry.Bounds::firstHi,
          BlockEntry.Bounds::firstLo,
          BlockEntry.Bounds::lastHi,
          BlockEntry.Bounds::lastLo,
          bounds -> bounds.unlisted() ? 1 : 0);

  private static <T> void put(List<T> rows, ToLongFunction<T> field, ByteSink out) {
    var values = new long[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = field.applyAsLong(rows.get(i));
    }
    LongCodec.encode(values, values.length, out);
  }

  /// Reads what [#encode] wrote; everything that is used as an index later is checked here.
  ///
  /// @param dataEnd where the chunks end in the object
  static Footer decode(ByteSource packed, long dataEnd) {
    byte[] bytes = Zstandard.read(packed);
    var in = new ByteSource(bytes, 0, bytes.length - 8);
    long rows = in.readVarint();
    int texts = in.readCount(MAX_ENTRIES);
    Symbols symbols = TextCodec.decode(in, texts);
    var tables =
        new SegmentTables(
            symbols,
            TableCodec.readResources(in, symbols.count()),
            TableCodec.readScopes(in, symbols.count()));
    List<StreamCounts> streams = readStreams(in, tables.resources.size());
    List<AttributeColumn> columns = readColumns(in, symbols.count());
    List<BlockEntry> blocks = readBlocks(in, tables, columns.size(), dataEnd);
    long total = 0;
    for (BlockEntry block : blocks) {
      total += block.rows();
    }
    if (total != rows) {
      throw in.bad("blocks of " + total + " rows (expected: " + rows + ")");
    }
    return new Footer(rows, tables, streams, columns, blocks);
  }

  private static List<StreamCounts> readStreams(ByteSource in, int resources) {
    int count = in.readCount(resources);
    long[] min = LongCodec.decode(in, count);
    long[] max = LongCodec.decode(in, count);
    long[] records = LongCodec.decode(in, count);
    long[] bodyBytes = LongCodec.decode(in, count);
    var streams = new ArrayList<StreamCounts>(count);
    for (int i = 0; i < count; i++) {
      streams.add(new StreamCounts(min[i], max[i], records[i], bodyBytes[i]));
    }
    return List.copyOf(streams);
  }

  private static List<AttributeColumn> readColumns(ByteSource in, int symbols) {
    int count = in.readCount(MAX_ENTRIES);
    int[] tables = indexes(in, count, AttributeTable.values().length);
    int[] keys = indexes(in, count, symbols);
    long[] types = LongCodec.decode(in, count);
    long[] occurrences = LongCodec.decode(in, count);
    var columns = new ArrayList<AttributeColumn>(count);
    for (int i = 0; i < count; i++) {
      columns.add(
          new AttributeColumn(
              AttributeTable.values()[tables[i]], keys[i], (byte) types[i], (int) occurrences[i]));
    }
    return List.copyOf(columns);
  }

  private static List<BlockEntry> readBlocks(
      ByteSource in, SegmentTables tables, int columns, long dataEnd) {
    int count = in.readCount(MAX_ENTRIES);
    int[] rows = indexes(in, count, MAX_ENTRIES);
    var bounds = new long[BOUNDS.size()][];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = LongCodec.decode(in, count);
    }
    int[] chunkCounts = indexes(in, count, MAX_ENTRIES);
    List<Chunk> chunks = readChunks(in, tables.symbols.count(), columns, dataEnd);
    var blocks = new ArrayList<BlockEntry>(count);
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (chunkCounts[i] > chunks.size() - from) {
        throw in.bad(
            "block "
                + i
                + " with "
                + chunkCounts[i]
                + " chunks (expected: up to "
                + (chunks.size() - from)
                + ")");
      }
      var entry =
          new BlockEntry(
              rows[i],
              bounds(bounds, i, tables, in),
              List.copyOf(chunks.subList(from, from + chunkCounts[i])));
      from += chunkCounts[i];
      blocks.add(entry);
    }
    return List.copyOf(blocks);
  }

  private static BlockEntry.Bounds bounds(
      long[][] values, int i, SegmentTables tables, ByteSource in) {
    for (int field = 2; field < 6; field++) {
      long row = values[field][i];
      int limit = field < 4 ? tables.resources.size() : tables.scopes.size();
      if (row < 0 || row >= limit) {
        throw in.bad("block " + i + " with table row " + row + " (expected: below " + limit + ")");
      }
    }
    return new BlockEntry.Bounds(
        values[0][i],
        values[1][i],
        (int) values[2][i],
        (int) values[3][i],
        (int) values[4][i],
        (int) values[5][i],
        values[6][i],
        values[7][i],
        values[8][i],
        values[9][i],
        values[10][i],
        values[11][i],
        values[12][i] != 0);
  }

  private static List<Chunk> readChunks(ByteSource in, int symbols, int columns, long dataEnd) {
    int count = in.readCount(MAX_ENTRIES);
    int[] parts = indexes(in, count, Part.ATTRIBUTE + columns);
    long[] offsets = LongCodec.decode(in, count);
    long[] lengths = LongCodec.decode(in, count);
    int[] known = indexes(in, count, Chunk.Known.values().length);
    long[] min = LongCodec.decode(in, count);
    long[] max = LongCodec.decode(in, count);
    int[] textCounts = indexes(in, count, MAX_ENTRIES);
    int allTexts = in.readCount(MAX_ENTRIES);
    int[] texts = indexes(in, allTexts, symbols);
    var chunks = new ArrayList<Chunk>(count);
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (lengths[i] < 0
          || lengths[i] > Integer.MAX_VALUE - 16
          || offsets[i] < SegmentFile.HEADER_BYTES
          || offsets[i] > dataEnd - lengths[i]) {
        throw in.bad(
            "chunk of "
                + lengths[i]
                + " bytes at "
                + offsets[i]
                + " (expected: before "
                + dataEnd
                + ")");
      }
      int to = Math.addExact(from, textCounts[i]);
      if (to > texts.length) {
        throw in.bad("texts up to " + to + " (expected: up to " + texts.length + ")");
      }
      chunks.add(
          new Chunk(
              parts[i],
              offsets[i],
              (int) lengths[i],
              Chunk.Known.values()[known[i]],
              min[i],
              max[i],
              java.util.Arrays.copyOfRange(texts, from, to)));
      from = to;
    }
    return chunks;
  }

  /// Decodes numbers that must be below a limit.
  static int[] indexes(ByteSource in, int count, int limit) {
    long[] values = LongCodec.decode(in, count);
    var indexes = new int[count];
    for (int i = 0; i < count; i++) {
      if (values[i] < 0 || values[i] >= limit) {
        throw in.bad("number " + values[i] + " (expected: 0 to " + (limit - 1) + ")");
      }
      indexes[i] = (int) values[i];
    }
    return indexes;
  }

  /// Heap bytes, roughly.
  long heapBytes() {
    long bytes = tables.sizeBytes() + 64L * columns.size();
    for (BlockEntry block : blocks) {
      bytes += 160;
      for (Chunk chunk : block.chunks()) {
        bytes += 60 + 4L * chunk.texts().length;
      }
    }
    return bytes;
  }
}
