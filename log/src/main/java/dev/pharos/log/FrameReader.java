package dev.pharos.log;

import static dev.pharos.log.FrameFormat.HEADER_BYTES;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// Finds and checks the frames of one log file. One thread.
///
/// No length is believed before the checksum over it holds. Frames of another file id are none: a recycled file is full
/// of them.
final class FrameReader implements AutoCloseable {
  private static final int WINDOW_BYTES = 1 << 20;

  private final DiskReader file;
  private final long fileId;
  private final long sizeBytes;
  private final CRC32C crc = new CRC32C();
  private ByteBuffer window;
  private long windowStart;

  private long start;
  private long end;
  private long sequence;
  private long durable;
  private int kind;
  private int tenantBytes;
  private int keys;
  private int payloadBytes;

  FrameReader(DiskReader file, long fileId) {
    this.file = file;
    this.fileId = fileId;
    this.sizeBytes = file.size();
    this.window =
        ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, sizeBytes))
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);
  }

  /// Reads the frame at `offset`, and says whether a whole one with good checksums is there.
  boolean read(long offset) {
    if (!readHeader(offset) || end > sizeBytes) {
      return false;
    }
    int body = (int) (start + HEADER_BYTES - fill(start, (int) (end - start)));
    crc.reset();
    crc.update(window.array(), body, tenantBytes + 16 * keys + payloadBytes);
    return (int) crc.getValue() == window.getInt(body - HEADER_BYTES + FrameFormat.BODY_CRC_AT);
  }

  /// Reads the next whole frame from `offset` on whose sequence is above `above`, and says whether there is one.
  boolean find(long offset, long above) {
    for (long at = offset; at + HEADER_BYTES <= sizeBytes; ) {
      if (read(at) && sequence > above) {
        return true;
      }
      // A header that holds tells where the next frame begins; nothing inside the bad frame is
      // taken for one.
      at = start == at && sequence > above && end <= sizeBytes ? end : at + FrameFormat.ALIGNMENT;
    }
    return false;
  }

  /// Parses the header at `offset`; `start` is `offset` afterwards exactly if it holds.
  private boolean readHeader(long offset) {
    start = -1;
    if (offset + HEADER_BYTES > sizeBytes) {
      return false;
    }
    int at = (int) (offset - fill(offset, HEADER_BYTES));
    if (window.getInt(at) != FrameFormat.MAGIC
        || window.getLong(at + FrameFormat.FILE_ID_AT) != fileId) {
      return false;
    }
    crc.reset();
    crc.update(window.array(), at + FrameFormat.FILE_ID_AT, HEADER_BYTES - FrameFormat.FILE_ID_AT);
    if ((int) crc.getValue() != window.getInt(at + FrameFormat.HEADER_CRC_AT)) {
      return false;
    }
    sequence = window.getLong(at + FrameFormat.SEQUENCE_AT);
    durable = window.getLong(at + FrameFormat.DURABLE_AT);
    payloadBytes = window.getInt(at + FrameFormat.PAYLOAD_BYTES_AT);
    keys = window.getInt(at + FrameFormat.KEYS_AT);
    tenantBytes = Short.toUnsignedInt(window.getShort(at + FrameFormat.TENANT_BYTES_AT));
    kind = window.get(at + FrameFormat.KIND_AT);
    if (payloadBytes < 0
        || payloadBytes > FrameFormat.MAX_PAYLOAD_BYTES
        || keys < 0
        || keys > FrameFormat.MAX_KEYS
        || sequence < 1
        || durable < 0
        || durable >= sequence) {
      return false;
    }
    start = offset;
    end = offset + FrameFormat.frameBytes(tenantBytes, keys, payloadBytes);
    return true;
  }

  /// Gives the frame to `visitor`.
  void visit(FrameVisitor visitor) {
    int at = (int) (start + HEADER_BYTES - windowStart);
    String tenant = new String(window.array(), at, tenantBytes, StandardCharsets.UTF_8);
    at += tenantBytes;
    long[] longs = new long[2 * keys];
    for (int i = 0; i < longs.length; i++, at += 8) {
      longs[i] = window.getLong(at);
    }
    visitor.frame(
        sequence,
        tenant,
        longs,
        window.asReadOnlyBuffer().slice(at, payloadBytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  /// Makes the window hold `length` bytes of the file from `offset` on, and gives the offset that it begins at.
  private long fill(long offset, int length) {
    if (offset < windowStart || offset + length > windowStart + window.limit()) {
      if (window.capacity() < length) {
        window = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      }
      window.clear();
      windowStart = offset;
      file.read(window, offset);
      window.flip();
      if (window.limit() < length) {
        throw new DiskException(
            file.name()
                + ": read "
                + window.limit()
                + " bytes at "
                + offset
                + " (expected: "
                + length
                + " of "
                + sizeBytes
                + ")");
      }
    }
    return windowStart;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  long sequence() {
    return sequence;
  }

  long durable() {
    return durable;
  }

  boolean isOpening() {
    return kind == FrameFormat.OPENING;
  }

  boolean isData() {
    return kind == FrameFormat.DATA;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public void close() {
    file.close();
  }
}
