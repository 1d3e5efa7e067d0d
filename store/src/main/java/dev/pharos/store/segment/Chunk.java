package dev.pharos.store.segment;

/// Where one column of a block lies, and what is known of its values without reading it.
///
/// @param part as in [Part]
/// @param offset in the object
/// @param length bytes, the checksum at the end included; 0 if the values stand in the chunk of rare attributes
/// @param known what `min`, `max` and `texts` say
/// @param min least value: a number, or the raw bits of a double
/// @param max greatest value
/// @param texts the distinct values of a text column, as symbols of the segment's tables
record Chunk(int part, long offset, int length, Known known, long min, long max, int[] texts) {
  private static final int[] NO_TEXTS = {};

  /// What a chunk's entry tells of the values.
  enum Known {
    NOTHING,
    RANGE,
    DOUBLE_RANGE,
    TEXTS,
    /// The texts are in the block's value filter.
    FILTERED
  }

  static Chunk plain(int part, long offset, int length) {
    return new Chunk(part, offset, length, Known.NOTHING, 0, 0, NO_TEXTS);
  }
}
