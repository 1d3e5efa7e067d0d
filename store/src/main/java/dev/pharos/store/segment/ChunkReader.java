package dev.pharos.store.segment;

import dev.pharos.store.segment.encoding.BadEncodingException;
import dev.pharos.store.segment.encoding.ByteSource;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32C;

/// Reads chunks of one object and checks them. Whatever goes wrong in decoding becomes a [CorruptSegmentException] that
/// names the object and the offset. Any thread.
final class ChunkReader {
  /// Room behind the data, so that words can be read at their end.
  static final int SLACK = 8;

  /// A block with more bytes is read chunk by chunk.
  private static final int MAX_HELD_BYTES = 4 << 20;

  private final SegmentStorage storage;
  private final String name;

  /// Bytes that were read ahead, and where in the object they begin.
  private final byte[] held;

  private final long heldFrom;

  ChunkReader(SegmentStorage storage, String name) {
    this(storage, name, new byte[0], 0);
  }

  private ChunkReader(SegmentStorage storage, String name, byte[] held, long heldFrom) {
    this.storage = storage;
    this.name = name;
    this.held = held;
    this.heldFrom = heldFrom;
  }

  /// A reader that holds the chunks of a block, which lie one after the other, read by one call.
  ChunkReader holding(BlockEntry block) {
    long from = Long.MAX_VALUE;
    long to = 0;
    for (Chunk chunk : block.chunks()) {
      from = Math.min(from, chunk.offset());
      to = Math.max(to, chunk.offset() + chunk.length());
    }
    if (to <= from || to - from > MAX_HELD_BYTES) {
      return this;
    }
    int length = (int) (to - from);
    var bytes = new byte[length + SLACK];
    storage.read(name, List.of(new SegmentStorage.Range(from, ByteBuffer.wrap(bytes, 0, length))));
    return new ChunkReader(storage, name, bytes, from);
  }

  private boolean holds(long offset, int length) {
    return offset >= heldFrom && offset - heldFrom + length <= held.length - SLACK;
  }

  String name() {
    return name;
  }

  /// Decodes the chunk; its checksum is checked first.
  <T> T read(Chunk chunk, Function<ByteSource, T> decoder) {
    return read(chunk.offset(), chunk.length(), decoder);
  }

  <T> T read(long offset, int length, Function<ByteSource, T> decoder) {
    if (length < 4) {
      throw new CorruptSegmentException(
          name, offset, "chunk of " + length + " bytes (expected: at least 4)");
    }
    byte[] bytes = held;
    int at = (int) (offset - heldFrom);
    if (!holds(offset, length)) {
      at = 0;
      bytes = new byte[length + SLACK];
      storage.read(
          name, List.of(new SegmentStorage.Range(offset, ByteBuffer.wrap(bytes, 0, length))));
    }
    var crc = new CRC32C();
    crc.update(bytes, at, length - 4);
    int stored = new ByteSource(bytes, at + length - 4, 4).readInt();
    if ((int) crc.getValue() != stored) {
      throw new CorruptSegmentException(
          name,
          offset,
          "checksum of "
              + length
              + " bytes is "
              + Integer.toHexString((int) crc.getValue())
              + " (expected: "
              + Integer.toHexString(stored)
              + ")");
    }
    return decode(offset, new ByteSource(bytes, at, length - 4), decoder);
  }

  /// Decodes bytes that begin at `offset` of the object.
  <T> T decode(long offset, ByteSource source, Function<ByteSource, T> decoder) {
    try {
      return decoder.apply(source);
    } catch (BadEncodingException e) {
      throw new CorruptSegmentException(name, offset, e.what());
    } catch (IndexOutOfBoundsException
        | IllegalArgumentException
        | ArithmeticException
        | NegativeArraySizeException e) {
      throw new CorruptSegmentException(name, offset, "bytes that cannot be decoded: " + e);
    }
  }
}
