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

  private final SegmentStorage storage;
  private final String name;

  ChunkReader(SegmentStorage storage, String name) {
    this.storage = storage;
    this.name = name;
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
    var bytes = new byte[length + SLACK];
    storage.read(
        name, List.of(new SegmentStorage.Range(offset, ByteBuffer.wrap(bytes, 0, length))));
    var crc = new CRC32C();
    crc.update(bytes, 0, length - 4);
    int stored = new ByteSource(bytes, length - 4, 4).readInt();
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
    return decode(offset, new ByteSource(bytes, 0, length - 4), decoder);
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
