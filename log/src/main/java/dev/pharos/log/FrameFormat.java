package dev.pharos.log;

/// The numbers of the log's frame format, `docs/format/log.md`.
final class FrameFormat {
  /// "PLF1" in the order of bytes on disk.
  static final int MAGIC = 0x31464C50;

  static final int ALIGNMENT = 8;
  static final int HEADER_BYTES = 48;

  static final int HEADER_CRC_AT = 4;
  static final int FILE_ID_AT = 8;
  static final int SEQUENCE_AT = 16;
  static final int DURABLE_AT = 24;
  static final int PAYLOAD_BYTES_AT = 32;
  static final int KEYS_AT = 36;
  static final int TENANT_BYTES_AT = 40;
  static final int KIND_AT = 42;
  static final int BODY_CRC_AT = 44;

  /// The first frame of a file; carries nothing.
  static final int OPENING = 1;

  static final int DATA = 2;

  /// The last frame of a log that was closed in order; carries nothing.
  static final int CLOSING = 3;

  static final int MAX_PAYLOAD_BYTES = 1 << 30;
  static final int MAX_KEYS = 1 << 20;
  static final int MAX_TENANT_BYTES = 0xFFFF;

  private FrameFormat() {}

  /// The length of a frame with its padding.
  static long frameBytes(long tenantBytes, long keys, long payloadBytes) {
    return align(HEADER_BYTES + tenantBytes + 16 * keys + payloadBytes);
  }

  static long align(long bytes) {
    return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
