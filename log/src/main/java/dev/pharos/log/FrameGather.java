package dev.pharos.log;

import static dev.pharos.log.FrameFormat.HEADER_BYTES;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/// Lays frames out as the buffers of one gathering write. One thread.
///
/// Headers, tenants, keys and padding go into one reused buffer; payloads are written from where they are.
final class FrameGather {
  private final CRC32C crc = new CRC32C();
  private ByteBuffer scratch = allocate(64 * 1024);

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The buffers of `frames`, valid until the next call.
  ByteBuffer[] data(long fileId, long firstSequence, long durable, List<Frame> frames) {
    byte[][] tenants = new byte[frames.size()][];
    long scratchBytes = 0;
    int buffers = 1;
    for (int i = 0; i < tenants.length; i++) {
      Frame frame = frames.get(i);
      tenants[i] = check(frame);
      scratchBytes +=
          HEADER_BYTES + tenants[i].length + 8L * frame.keys().length + FrameFormat.ALIGNMENT;
      buffers += 1 + frame.payload().length;
    }
    reserve(scratchBytes);
    ByteBuffer[] gathered = new ByteBuffer[buffers];
    int filled = 0;
    int sliceStart = 0;
    for (int i = 0; i < tenants.length; i++) {
      Frame frame = frames.get(i);
      int frameStart = scratch.position();
      int payloadBytes = (int) frame.payloadBytes();
      header(
          FrameFormat.DATA,
          fileId,
          firstSequence + i,
          durable,
          payloadBytes,
          frame.keys().length / 2,
          tenants[i].length);
      scratch.put(tenants[i]);
      for (long key : frame.keys()) {
        scratch.putLong(key);
      }
      int bodyStart = frameStart + HEADER_BYTES;
      crc.reset();
      crc.update(scratch.slice(bodyStart, scratch.position() - bodyStart));
      gathered[filled++] = scratch.slice(sliceStart, scratch.position() - sliceStart);
      for (ByteBuffer piece : frame.payload()) {
        crc.update(piece.duplicate());
        gathered[filled++] = piece.duplicate();
      }
      seal(frameStart);
      sliceStart = scratch.position();
      long unpadded = (long) scratch.position() - frameStart + payloadBytes;
      for (long at = unpadded; at < FrameFormat.align(unpadded); at++) {
        scratch.put((byte) 0);
      }
    }
    gathered[filled] = scratch.slice(sliceStart, scratch.position() - sliceStart);
    return gathered;
  }

  /// A frame that carries nothing.
  ByteBuffer mark(int kind, long fileId, long sequence, long durable) {
    reserve(HEADER_BYTES);
    header(kind, fileId, sequence, durable, 0, 0, 0);
    crc.reset();
    seal(0);
    return scratch.slice(0, HEADER_BYTES);
  }

  static long bytes(ByteBuffer[] buffers) {
    long bytes = 0;
    for (ByteBuffer buffer : buffers) {
      bytes += buffer.remaining();
    }
    return bytes;
  }

  private static byte[] check(Frame frame) {
    byte[] tenant = frame.tenant().getBytes(StandardCharsets.UTF_8);
    if (tenant.length > FrameFormat.MAX_TENANT_BYTES) {
      throw new IllegalArgumentException(
          "tenant: "
              + tenant.length
              + " bytes (expected: at most "
              + FrameFormat.MAX_TENANT_BYTES
              + ")");
    }
    if (frame.keys().length / 2 > FrameFormat.MAX_KEYS) {
      throw new IllegalArgumentException(
          "keys: " + frame.keys().length / 2 + " (expected: at most " + FrameFormat.MAX_KEYS + ")");
    }
    if (frame.payloadBytes() > FrameFormat.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "payload: "
              + frame.payloadBytes()
              + " bytes (expected: at most "
              + FrameFormat.MAX_PAYLOAD_BYTES
              + ")");
    }
    return tenant;
  }

  private void reserve(long bytes) {
    scratch.clear();
    if (scratch.capacity() < bytes) {
      scratch = allocate(Math.toIntExact(Math.max(bytes, 2L * scratch.capacity())));
    }
  }

  private void header(
      int kind,
      long fileId,
      long sequence,
      long durable,
      int payloadBytes,
      int keys,
      int tenantBytes) {
    scratch.putInt(FrameFormat.MAGIC).putInt(0).putLong(fileId).putLong(sequence).putLong(durable);
    scratch
        .putInt(payloadBytes)
        .putInt(keys)
        .putShort((short) tenantBytes)
        .put((byte) kind)
        .put((byte) 0)
        .putInt(0);
  }

  /// Writes the body's checksum, which `crc` holds, and then the header's, which covers it.
  private void seal(int frameStart) {
    scratch.putInt(frameStart + FrameFormat.BODY_CRC_AT, (int) crc.getValue());
    crc.reset();
    crc.update(
        scratch.slice(frameStart + FrameFormat.FILE_ID_AT, HEADER_BYTES - FrameFormat.FILE_ID_AT));
    scratch.putInt(frameStart + FrameFormat.HEADER_CRC_AT, (int) crc.getValue());
  }
}
