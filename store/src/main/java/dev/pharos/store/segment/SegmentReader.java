package dev.pharos.store.segment;

import dev.pharos.model.Signal;
import dev.pharos.store.segment.encoding.ByteSource;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/// Opens a segment: checks header and trailer, and reads the footer.
final class SegmentReader {
  private SegmentReader() {}

  static Footer open(SegmentStorage storage, SegmentMeta meta, Signal signal) {
    String name = meta.name();
    long size = storage.sizeBytes(name);
    int least = SegmentFile.HEADER_BYTES + SegmentFile.TRAILER_BYTES;
    if (size < least || size != meta.sizeBytes()) {
      throw new CorruptSegmentException(
          name, size, "ends here (expected: " + meta.sizeBytes() + " bytes)");
    }
    var head = new byte[SegmentFile.HEADER_BYTES];
    var tail = new byte[SegmentFile.TRAILER_BYTES];
    long trailerAt = size - tail.length;
    storage.read(
        name,
        List.of(
            new SegmentStorage.Range(0, ByteBuffer.wrap(head)),
            new SegmentStorage.Range(trailerAt, ByteBuffer.wrap(tail))));
    checkHeader(name, head, signal);
    var trailer = new ByteSource(tail, 0, tail.length);
    long footerAt = trailer.readLong();
    int length = trailer.readInt();
    int crc = trailer.readInt();
    if (trailer.readLong() != SegmentFile.MAGIC) {
      throw new CorruptSegmentException(name, trailerAt + 16, "no magic number at the end");
    }
    if (length < 0 || footerAt < SegmentFile.HEADER_BYTES || footerAt != trailerAt - length) {
      throw new CorruptSegmentException(
          name,
          trailerAt,
          "footer of " + length + " bytes at " + footerAt + " (expected: up to " + trailerAt + ")");
    }
    var bytes = new byte[length + ChunkReader.SLACK];
    storage.read(
        name, List.of(new SegmentStorage.Range(footerAt, ByteBuffer.wrap(bytes, 0, length))));
    if (crc(bytes, length) != crc) {
      throw new CorruptSegmentException(name, footerAt, "checksum of the footer does not fit");
    }
    Footer footer =
        new ChunkReader(storage, name)
            .decode(footerAt, new ByteSource(bytes, 0, length), in -> Footer.decode(in, footerAt));
    if (footer.rows() != meta.rows()) {
      throw new CorruptSegmentException(
          name, footerAt, footer.rows() + " rows (expected: " + meta.rows() + ")");
    }
    return footer;
  }

  private static void checkHeader(String name, byte[] head, Signal signal) {
    var in = new ByteSource(head, 0, head.length);
    if (in.readLong() != SegmentFile.MAGIC) {
      throw new CorruptSegmentException(name, 0, "no magic number at the beginning");
    }
    int version = in.readByte() | in.readByte() << 8;
    int number = in.readByte();
    in.readByte();
    int features = in.readInt();
    if (in.readInt() != crc(head, head.length - 4)) {
      throw new CorruptSegmentException(name, 0, "checksum of the header does not fit");
    }
    if (version != SegmentFile.VERSION) {
      throw new CorruptSegmentException(
          name, 8, "version " + version + " (expected: " + SegmentFile.VERSION + ")");
    }
    if (number != SegmentFile.number(signal)) {
      throw new CorruptSegmentException(
          name,
          10,
          "signal "
              + number
              + " (expected: "
              + SegmentFile.number(signal)
              + ", "
              + signal.label()
              + ")");
    }
    int unknown = features & ~SegmentFile.KNOWN_FEATURES;
    if (unknown != 0) {
      throw new CorruptSegmentException(
          name,
          12,
          "feature bits 0x"
              + Integer.toHexString(unknown)
              + " are unknown: the segment was written by a newer version");
    }
  }

  private static int crc(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
