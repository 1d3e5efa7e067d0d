package dev.pharos.store.blocks;

import dev.pharos.model.SpanBatch;
import dev.pharos.model.binary.BatchAppender;
import dev.pharos.model.binary.Batches;
import java.util.Arrays;
import java.util.List;

/// Puts the spans of each trace of a batch next to each other, traces by rising id.
///
/// A cut writes the spans of some hundred batches in the order of their trace ids. Where the spans of a trace lie
/// scattered in their batch, each span costs the cut a cache miss a column; where they lie together, and traces in the
/// order in which the cut comes by, most of what it touches next is there already. Here, just after decoding, the batch
/// is still in the cache, so the copy is cheap; it also sheds the spare room that the decoder left in the arrays.
final class TraceRuns {
  private TraceRuns() {}

  static SpanBatch arrange(SpanBatch batch) {
    int rows = batch.rows();
    if (rows < 2) {
      return batch;
    }
    int[] order = order(batch);
    BatchAppender<SpanBatch> appender = Batches.appender(Batches.room(List.of(batch)));
    for (int from = 0; from < rows; ) {
      int to = from + 1;
      while (to < rows && order[to] == order[to - 1] + 1) {
        to++;
      }
      appender.append(batch, order[from], order[to - 1] + 1);
      from = to;
    }
    return appender.target();
  }

  /// Row numbers by the first bits of the trace id, then as they came. Traces whose first bits are equal may be mixed:
  /// the order is for speed alone.
  private static int[] order(SpanBatch batch) {
    int rows = batch.rows();
    int rowBits = Integer.SIZE - Integer.numberOfLeadingZeros(rows);
    long rowMask = (1L << rowBits) - 1;
    long[] hi = batch.traceHi();
    var keys = new long[rows];
    for (int row = 0; row < rows; row++) {
      keys[row] = (hi[row] ^ Long.MIN_VALUE) & ~rowMask | row;
    }
    Arrays.sort(keys);
    var order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = (int) (keys[i] & rowMask);
    }
    return order;
  }
}
