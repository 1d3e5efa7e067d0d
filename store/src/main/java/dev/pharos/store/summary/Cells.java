package dev.pharos.store.summary;

import dev.pharos.store.read.DurationBuckets;
import dev.pharos.store.segment.encoding.ByteSink;
import dev.pharos.store.segment.encoding.ByteSource;
import dev.pharos.store.segment.encoding.LongCodec;

/// The cells of a summary in ascending order, each once. Never written after it is made.
///
/// @param keys as in [CellTable]
record Cells(long[] keys, long[] first, long[] second) {
  private static final int MAX_CELLS = 1 << 26;

  int count() {
    return keys.length;
  }

  /// @param pairs whether the second sums are there
  void encode(ByteSink out, boolean pairs) {
    int count = count();
    out.putVarint(count);
    var column = new long[count];
    for (int i = 0; i < count; i++) {
      column[i] = CellTable.step(keys[i]);
    }
    LongCodec.encode(column, count, out);
    for (int i = 0; i < count; i++) {
      column[i] = CellTable.group(keys[i]);
    }
    LongCodec.encode(column, count, out);
    for (int i = 0; i < count; i++) {
      column[i] = CellTable.bucket(keys[i]);
    }
    LongCodec.encode(column, count, out);
    LongCodec.encode(first, count, out);
    if (pairs) {
      LongCodec.encode(second, count, out);
    }
  }

  static Cells decode(ByteSource in, boolean pairs, int groups) {
    int count = in.readCount(MAX_CELLS);
    long[] steps = LongCodec.decode(in, count);
    long[] groupOf = LongCodec.decode(in, count);
    long[] buckets = LongCodec.decode(in, count);
    var keys = new long[count];
    for (int i = 0; i < count; i++) {
      if (groupOf[i] < 0
          || groupOf[i] >= groups
          || buckets[i] < 0
          || buckets[i] >= DurationBuckets.COUNT) {
        throw in.bad("cell of group " + groupOf[i] + " (expected: below " + groups + ")");
      }
      keys[i] = CellTable.key(steps[i], (int) groupOf[i], (int) buckets[i]);
    }
    long[] first = LongCodec.decode(in, count);
    return new Cells(keys, first, pairs ? LongCodec.decode(in, count) : new long[count]);
  }
}
