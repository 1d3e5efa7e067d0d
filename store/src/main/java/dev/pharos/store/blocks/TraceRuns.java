package dev.pharos.store.blocks;

import dev.pharos.model.SpanBatch;
import dev.pharos.model.binary.BatchAppender;
import dev.pharos.model.binary.Batches;
import java.util.Arrays;
import java.util.List;

/// Brings a batch into the form in which the head keeps it: without spare room, and with the spans of each trace mostly
/// next to each other.
///
/// A cut takes the spans of some hundred batches in the order of their traces. Where the spans of a trace lie scattered
/// in their batch, each costs the cut a run of its own and a cache miss a column. Senders mostly hand over the spans of
/// a trace together; where they do not, the rows are put in order here, just after decoding, when the batch is still in
/// the cache.
final class TraceRuns {
  private TraceRuns() {}

  static SpanBatch arrange(SpanBatch batch) {
    int rows = batch.rows();
    if (rows < 2) {
      return batch;
    }
    if (runs(batch) <= rows / 2) {
      return batch.trimmed();
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

  /// Runs of neighbouring rows of one trace.
  static int runs(SpanBatch batch) {
    long[] hi = batch.traceHi();
    long[] lo = batch.traceLo();
    int runs = 1;
    for (int row = 1; row < batch.rows(); row++) {
      runs += lo[row] != lo[row - 1] || hi[row] != hi[row - 1] ? 1 : 0;
    }
    return runs;
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
