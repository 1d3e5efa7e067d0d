package dev.pharos.store.metrics;

/// Numbers of the file format (docs/format/metrics-segment.md).
final class SegmentLayout {
  /// "PHMS", little-endian.
  static final int MAGIC = 0x534d4850;

  static final int VERSION = 1;

  /// Magic, then version and feature bits.
  static final int HEADER_BYTES = 8;

  /// Index, postings and exemplars: offset, stored bytes, raw bytes, CRC of each.
  static final int SECTIONS = 3;

  static final int SECTION_BYTES = 20;

  /// The sections, then series, samples, first and last time, CRC of all before, and the magic.
  static final int FOOTER_BYTES = SECTIONS * SECTION_BYTES + 4 + 8 + 8 + 8 + 4 + 4;

  /// A page ends with the block that reaches this.
  static final int PAGE_BYTES = 64 << 10;

  static final int BLOCK_SAMPLES = 4096;

  /// Of a block of values: doubles alone, or histograms among them.
  static final int NUMBERS = 0;

  static final int HISTOGRAMS = 1;

  private SegmentLayout() {}

  /// Origin of samples that a cut wrote into the object of this name: the number that is its last part, which grows
  /// from cut to cut.
  static long origin(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    try {
      return Long.parseUnsignedLong(last, 16);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "metrics segment \"" + name + "\" (expected: a hexadecimal number as last part)", e);
    }
  }
}
