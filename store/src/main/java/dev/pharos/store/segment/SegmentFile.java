package dev.pharos.store.segment;

import dev.pharos.model.Signal;

/// The constants of the file: magic numbers, version and feature bits.
final class SegmentFile {
  /// `PHRSSEG1`, little endian.
  static final long MAGIC = 0x3147455353524850L;

  static final int VERSION = 1;

  /// Header: magic, version (2 bytes), signal (1), zero (1), features (4), checksum (4).
  static final int HEADER_BYTES = 20;

  /// Trailer: offset of the footer (8), its length (4), its checksum (4), magic (8).
  static final int TRAILER_BYTES = 24;

  /// The feature bits that this version reads. None is defined yet; the highest is kept free for an extension word.
  static final int KNOWN_FEATURES = 0;

  private SegmentFile() {}

  static int number(Signal signal) {
    return switch (signal) {
      case TRACES -> 1;
      case METRICS -> 2;
      case LOGS -> 3;
    };
  }
}
