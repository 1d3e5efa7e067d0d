package dev.pharos.store.segment;

/// A set of places that tells how many of its places are below one. Immutable; any thread.
final class Ranks {
  private final long[] bits;

  /// How many places are below those of each word.
  private final int[] before;

  /// @param bits a place each, 64 in a word, the first in the lowest bit; not to be written any more
  Ranks(long[] bits) {
    this.bits = bits;
    before = new int[bits.length + 1];
    for (int word = 0; word < bits.length; word++) {
      before[word + 1] = before[word] + Long.bitCount(bits[word]);
    }
  }

  /// Room for the bits of so many places.
  static long[] room(int places) {
    return new long[(places + 63) >> 6];
  }

  int count() {
    return before[bits.length];
  }

  /// How many places of the set are below this one, for which there is room.
  int below(int place) {
    int word = place >> 6;
    return before[word] + Long.bitCount(bits[word] & (1L << place) - 1);
  }
}
