package dev.pharos.insight.compare;

import dev.pharos.query.QueryContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which rows of each block are inside, as one pass has found it, for the next. Any thread.
final class InsideRows {
  private final QueryContext context;
  private final Map<Integer, long[]> blocks = new ConcurrentHashMap<>();

  /// @param context where the bits are accounted for
  InsideRows(QueryContext context) {
    this.context = context;
  }

  /// @param block its number in the sweep
  /// @param sides by row, as [Sides] says
  void put(int block, byte[] sides) {
    var bits = new long[(sides.length + 63) >> 6];
    for (int row = 0; row < sides.length; row++) {
      bits[row >> 6] |= sides[row] == Sides.IN ? 1L << row : 0;
    }
    context.reserve((long) bits.length * Long.BYTES);
    blocks.put(block, bits);
  }

  /// By row, 64 in a word, the first in the lowest bit.
  long[] of(int block) {
    long[] bits = blocks.get(block);
    if (bits == null) {
      throw new IllegalStateException("block " + block + " has not been counted yet");
    }
    return bits;
  }
}
