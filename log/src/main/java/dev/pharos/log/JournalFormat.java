package dev.pharos.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// The records of a journal file, `docs/format/journal.md`.
final class JournalFormat {
  /// "PJR1" in the order of bytes on disk.
  static final int MAGIC = 0x31524A50;

  static final int HEADER_BYTES = 48;
  static final int ALIGNMENT = 8;
  static final int CRC_AT = 4;
  static final int NONCE_AT = 8;
  static final int OFFSET_AT = 16;
  static final int DURABLE_AT = 24;
  static final int BODY_BYTES_AT = 32;
  static final int KIND_AT = 36;
  static final int HEADER_CRC_AT = 40;

  static final int SNAPSHOT = 1;
  static final int EDIT = 2;
  static final int MAX_BODY_BYTES = 1 << 30;

  private JournalFormat() {}

  static int recordBytes(long bodyBytes) {
    return Math.toIntExact((HEADER_BYTES + bodyBytes + ALIGNMENT - 1) & -ALIGNMENT);
  }

  /// A whole record.
  ///
  /// @param offset where in the file it will stand
  /// @param durable the length of the file that was durable when the record was written
  static ByteBuffer encode(int kind, long nonce, long offset, long durable, ByteBuffer body) {
    if (body.remaining() > MAX_BODY_BYTES) {
      throw new IllegalArgumentException(
          "journal record of "
              + body.remaining()
              + " bytes (expected: at most "
              + MAX_BODY_BYTES
              + ")");
    }
    ByteBuffer record =
        ByteBuffer.allocate(recordBytes(body.remaining())).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt(MAGIC).putInt(0).putLong(nonce).putLong(offset).putLong(durable);
    record.putInt(body.remaining()).putInt(kind).putInt(0).putInt(0);
    record.put(body.duplicate()).rewind();
    record.putInt(CRC_AT, crc(record, HEADER_BYTES, body.remaining()));
    record.putInt(HEADER_CRC_AT, headerCrc(record, 0));
    return record;
  }

  /// Whether a whole record with good checksums stands at `offset` of `file`.
  static boolean isRecord(ByteBuffer file, int offset) {
    return isHeader(file, offset)
        && end(file, offset) <= file.limit()
        && file.getInt(offset + CRC_AT)
            == crc(file, offset + HEADER_BYTES, file.getInt(offset + BODY_BYTES_AT));
  }

  static boolean isHeader(ByteBuffer file, int offset) {
    if (offset + HEADER_BYTES > file.limit()
        || file.getInt(offset) != MAGIC
        || file.getLong(offset + OFFSET_AT) != offset
        || file.getInt(offset + HEADER_CRC_AT) != headerCrc(file, offset)) {
      return false;
    }
    int bodyBytes = file.getInt(offset + BODY_BYTES_AT);
    return bodyBytes >= 0 && bodyBytes <= MAX_BODY_BYTES;
  }

  static long end(ByteBuffer file, int offset) {
    long bytes = HEADER_BYTES + (long) file.getInt(offset + BODY_BYTES_AT);
    return offset + ((bytes + ALIGNMENT - 1) & -ALIGNMENT);
  }

  static ByteBuffer body(ByteBuffer file, int offset) {
    return file.asReadOnlyBuffer()
        .slice(offset + HEADER_BYTES, file.getInt(offset + BODY_BYTES_AT))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Covers the body's checksum too.
  private static int headerCrc(ByteBuffer file, int offset) {
    return crc(file, offset + CRC_AT, HEADER_CRC_AT - CRC_AT);
  }

  private static int crc(ByteBuffer file, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(file.slice(offset, length));
    return (int) crc.getValue();
  }
}
