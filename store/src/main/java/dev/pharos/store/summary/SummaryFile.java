package dev.pharos.store.summary;

import dev.pharos.store.segment.CorruptSegmentException;
import dev.pharos.store.segment.SegmentStorage;
import dev.pharos.store.segment.encoding.BadEncodingException;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/// The object that holds a summary, beside its segment (docs/format/summary.md). Stateless.
final class SummaryFile {
  /// `PHRSSUM1`, little endian.
  private static final long MAGIC = 0x314d555353524850L;

  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 16;

  private SummaryFile() {}

  /// Writes and commits.
  ///
  /// @return bytes of the object
  static <S> int write(SegmentStorage storage, String name, SummaryKind<?, ?, S> kind, S summary) {
    var out = new ByteSink(1 << 12);
    out.putLong(MAGIC);
    out.putByte(VERSION);
    out.putByte(VERSION >>> 8);
    out.putByte(kind.number());
    out.putByte(0);
    out.putInt(0);
    kind.encode().accept(summary, out);
    out.putInt(crc(out.bytes(), out.size()));
    try (SegmentStorage.Upload upload = storage.create(name)) {
      upload.write(ByteBuffer.wrap(out.bytes(), 0, out.size()));
      upload.commit();
    }
    return out.size();
  }

  /// @throws CorruptSegmentException if the bytes are not what the format says
  static <S> S read(SegmentStorage storage, String name, SummaryKind<?, ?, S> kind) {
    int size = Math.toIntExact(storage.sizeBytes(name));
    if (size < HEADER_BYTES + 4) {
      throw new CorruptSegmentException(name, size, "ends here (expected: more)");
    }
    // Room behind the data, so that words can be read at its end.
    var bytes = new byte[size + 8];
    storage.read(name, List.of(new SegmentStorage.Range(0, ByteBuffer.wrap(bytes, 0, size))));
    var in = new ByteSource(bytes, 0, size - 4);
    if (in.readLong() != MAGIC) {
      throw new CorruptSegmentException(name, 0, "no magic number at the beginning");
    }
    if (new ByteSource(bytes, size - 4, 4).readInt() != crc(bytes, size - 4)) {
      throw new CorruptSegmentException(name, size - 4, "checksum does not fit");
    }
    int version = in.readByte() | in.readByte() << 8;
    int number = in.readByte();
    in.readByte();
    int features = in.readInt();
    if (version != VERSION || number != kind.number() || features != 0) {
      throw new CorruptSegmentException(
          name,
          8,
          "version "
              + version
              + " of kind "
              + number
              + " with feature bits 0x"
              + Integer.toHexString(features)
              + " (expected: version 1 of kind "
              + kind.number()
              + " without any)");
    }
    try {
      return kind.decode().apply(in);
    } catch (BadEncodingException | IndexOutOfBoundsException e) {
      throw new CorruptSegmentException(name, HEADER_BYTES, "cannot be read: " + e.getMessage());
    }
  }

  private static int crc(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
