package dev.pharos.store.segment;

import dev.pharos.model.Signal;
import dev.pharos.model.Symbols;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.Texts;
import dev.pharos.store.segment.filter.BlockedBloom;
import dev.pharos.store.segment.filter.Hashes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/// Writes one segment: header, the chunks of block after block, footer. One thread; close it, which throws away what
/// was not finished.
final class SegmentWriter implements AutoCloseable {
  private static final int MAX_HINT_TEXTS = 48;
  private static final int MAX_HINT_BYTES = 1024;
  private static final int MAX_ALL_HINT_BYTES = 1 << 18;
  private static final int FLUSH_BYTES = 1 << 18;

  private final SegmentStorage storage;
  private final String name;
  private final Signal signal;
  private final SegmentTables tables;
  private final SegmentStorage.Upload upload;
  private final List<AttributeColumn> columns = new ArrayList<>();
  private final Map<AttributeColumn, Integer> columnIds = new HashMap<>();
  private final List<BlockEntry> blocks = new ArrayList<>();
  private final ByteSink pending = new ByteSink(FLUSH_BYTES * 2);
  private final CRC32C crc = new CRC32C();
  private final Hashes values = new Hashes();
  private final Hashes hashes = new Hashes();
  private List<Chunk> chunks = new ArrayList<>();
  private int chunkStart;
  private int hintBytes;
  private long rows;

  SegmentWriter(SegmentStorage storage, String name, Signal signal, SegmentTables tables) {
    this.storage = storage;
    this.name = name;
    this.signal = signal;
    this.tables = tables;
    this.upload = storage.create(name);
    pending.putLong(SegmentFile.MAGIC);
    pending.putByte(SegmentFile.VERSION);
    pending.putByte(SegmentFile.VERSION >>> 8);
    pending.putByte(SegmentFile.number(signal));
    pending.putByte(0);
    pending.putInt(0);
    pending.putInt(crc(pending.bytes(), 0, pending.size()));
  }

  private int crc(byte[] bytes, int offset, int length) {
    crc.reset();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /// The number of an attribute column, [Part#ATTRIBUTE] included.
  int column(AttributeTable table, Symbols symbols, int key, byte type, int occurrence) {
    var column = new AttributeColumn(table, tables.symbols.intern(symbols, key), type, occurrence);
    Integer known = columnIds.get(column);
    if (known == null) {
      known = columns.size();
      columns.add(column);
      columnIds.put(column, known);
    }
    return Part.ATTRIBUTE + known;
  }

  /// Begins a chunk; its bytes are appended to the sink returned, then one of the `end` methods is called.
  ByteSink begin() {
    chunkStart = pending.size();
    return pending;
  }

  void end(int part) {
    chunks.add(Chunk.plain(part, chunkOffset(), closeChunk()));
  }

  void endRange(int part, boolean doubles, long min, long max) {
    long offset = chunkOffset();
    var known = doubles ? Chunk.Known.DOUBLE_RANGE : Chunk.Known.RANGE;
    chunks.add(new Chunk(part, offset, closeChunk(), known, min, max, new int[0]));
  }

  /// Ends a chunk of texts; the distinct ones go into the footer if they are few, and true is returned.
  boolean endTexts(int part, Symbols symbols, int[] distinct, int count) {
    long offset = chunkOffset();
    int length = closeChunk();
    int bytes = 0;
    for (int i = 0; i < count && bytes <= MAX_HINT_BYTES; i++) {
      bytes += symbols.length(distinct[i]);
    }
    if (count > MAX_HINT_TEXTS
        || bytes > MAX_HINT_BYTES
        || hintBytes + bytes > MAX_ALL_HINT_BYTES) {
      chunks.add(Chunk.plain(part, offset, length));
      return false;
    }
    int before = tables.symbols.textBytes();
    var texts = new int[count];
    for (int i = 0; i < count; i++) {
      texts[i] = tables.symbols.intern(symbols, distinct[i]);
    }
    hintBytes += tables.symbols.textBytes() - before;
    chunks.add(new Chunk(part, offset, length, Chunk.Known.TEXTS, 0, 0, texts));
    return true;
  }

  /// As the other `endTexts`, of texts of a dictionary that lasts for the segment.
  void endTexts(int part, TextDictionary dictionary, int[] distinct, int count) {
    Symbols symbols = dictionary.symbols();
    int bytes = 0;
    for (int i = 0; i < count && i <= MAX_HINT_TEXTS; i++) {
      bytes += symbols.length(distinct[i]);
    }
    if (count > MAX_HINT_TEXTS
        || bytes > MAX_HINT_BYTES
        || hintBytes + bytes > MAX_ALL_HINT_BYTES) {
      end(part);
      return;
    }
    long offset = chunkOffset();
    int before = tables.symbols.textBytes();
    var texts = new int[count];
    for (int i = 0; i < count; i++) {
      texts[i] = dictionary.inTables(distinct[i], tables.symbols);
    }
    hintBytes += tables.symbols.textBytes() - before;
    chunks.add(new Chunk(part, offset, closeChunk(), Chunk.Known.TEXTS, 0, 0, texts));
  }

  /// Puts the texts of the attribute column ended last into the block's value filter, unless the footer lists them.
  void filterTexts(int part, Symbols keys, int key, Texts texts) {
    Chunk chunk = chunks.getLast();
    if (chunk.part() != part || chunk.known() != Chunk.Known.NOTHING) {
      return;
    }
    chunks.set(
        chunks.size() - 1,
        new Chunk(part, chunk.offset(), chunk.length(), Chunk.Known.FILTERED, 0, 0, chunk.texts()));
    int from = keys.offset(key);
    long seed = Hashes.of(0, keys.bytes(), from, from + keys.length(key));
    for (int i = 0; i < texts.count(); i++) {
      values.add(Hashes.of(seed, texts.bytes(), texts.from()[i], texts.to()[i]));
    }
  }

  /// Ends a chunk of texts of an attribute; those that are too many for the footer go into the block's value filter.
  void endAttributeTexts(int part, int key, Symbols symbols, int[] distinct, int count) {
    if (endTexts(part, symbols, distinct, count)) {
      return;
    }
    Chunk chunk = chunks.removeLast();
    chunks.add(
        new Chunk(part, chunk.offset(), chunk.length(), Chunk.Known.FILTERED, 0, 0, chunk.texts()));
    byte[] bytes = symbols.bytes();
    long seed = Hashes.of(0, bytes, symbols.offset(key), symbols.offset(key) + symbols.length(key));
    for (int i = 0; i < count; i++) {
      int from = symbols.offset(distinct[i]);
      values.add(Hashes.of(seed, bytes, from, from + symbols.length(distinct[i])));
    }
  }

  /// Ends a chunk whose bytes were taken over from another segment, with what is known of it there.
  ///
  /// @param symbols of the texts in `from`
  void endCopied(int part, Chunk from, Symbols symbols) {
    if (from.known() == Chunk.Known.TEXTS) {
      endTexts(part, symbols, from.texts(), from.texts().length);
      return;
    }
    long offset = chunkOffset();
    chunks.add(
        new Chunk(part, offset, closeChunk(), from.known(), from.min(), from.max(), from.texts()));
  }

  /// Writes a filter, if there is something in it, and empties the set.
  void filter(int part, Hashes hashes) {
    if (hashes.size() > 0) {
      BlockedBloom.write(hashes, begin());
      end(part);
      hashes.clear();
    }
  }

  /// An empty set for filters of the block, shared by them one after the other.
  Hashes hashes() {
    return hashes;
  }

  /// Lists an attribute column whose values stand in the chunk of rare ones.
  void listRare(int part) {
    chunks.add(Chunk.plain(part, upload.position() + pending.size(), 0));
  }

  private long chunkOffset() {
    return upload.position() + chunkStart;
  }

  private int closeChunk() {
    pending.putInt(crc(pending.bytes(), chunkStart, pending.size() - chunkStart));
    return pending.size() - chunkStart;
  }

  void endBlock(int blockRows, BlockEntry.Bounds bounds) {
    filter(Part.VALUE_FILTER, values);
    chunks.sort(Comparator.comparingInt(Chunk::part));
    blocks.add(new BlockEntry(blockRows, bounds, List.copyOf(chunks)));
    chunks = new ArrayList<>();
    rows += blockRows;
    if (pending.size() >= FLUSH_BYTES) {
      flush();
    }
  }

  private void flush() {
    upload.write(ByteBuffer.wrap(pending.bytes(), 0, pending.size()));
    pending.clear();
  }

  /// Writes the footer and commits the object.
  ///
  /// @param streams per Resource row, or empty
  SegmentMeta finish(List<StreamCounts> streams) {
    long footerAt = upload.position() + pending.size();
    var bytes = new ByteSink(1 << 16);
    new Footer(rows, tables, streams, columns, blocks).encode(bytes);
    pending.put(bytes);
    pending.putLong(footerAt);
    pending.putInt(bytes.size());
    pending.putInt(crc(bytes.bytes(), 0, bytes.size()));
    pending.putLong(SegmentFile.MAGIC);
    flush();
    long sizeBytes = upload.position();
    upload.commit();
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (BlockEntry block : blocks) {
      min = Math.min(min, block.bounds().minNanos());
      max = Math.max(max, block.bounds().maxNanos());
    }
    return new SegmentMeta(name, sizeBytes, rows, rows == 0 ? 0 : min, rows == 0 ? 0 : max);
  }

  @Override
  public void close() {
    upload.close();
  }
}
