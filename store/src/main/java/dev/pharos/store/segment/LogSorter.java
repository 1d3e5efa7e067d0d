package dev.pharos.store.segment;

import dev.pharos.model.LogBatch;
import java.util.Arrays;

/// Visits the records of many batches in the order of stream and time; equal ones in the order of the batches.
final class LogSorter {
  private final LogCopy[] copies;
  private final StreamTables streams;

  /// Per row, counted through all batches: its batch, its time, and where each batch begins.
  private final short[] batchOf;

  private final long[] times;
  private final int[] starts;

  LogSorter(LogCopy[] copies, StreamTables streams) {
    this.copies = copies;
    this.streams = streams;
    this.starts = new int[copies.length + 1];
    if (copies.length > 1 << 16) {
      throw new IllegalArgumentException(
          copies.length + " batches (expected: up to " + (1 << 16) + ")");
    }
    for (int i = 0; i < copies.length; i++) {
      starts[i + 1] = Math.addExact(starts[i], copies[i].from().rows());
    }
    this.batchOf = new short[starts[copies.length]];
    this.times = new long[batchOf.length];
    for (int i = 0; i < copies.length; i++) {
      LogBatch batch = copies[i].from();
      Arrays.fill(batchOf, starts[i], starts[i + 1], (short) i);
      System.arraycopy(HeadLogBlock.times(batch), 0, times, starts[i], batch.rows());
    }
  }

  /// Takes rows in order.
  interface Visitor {
    void visit(LogCopy copy, int row);
  }

  void visit(Visitor visitor) {
    int[] ends = rowsByStream();
    int[] rows = new int[times.length];
    int[] next = ends.clone();
    System.arraycopy(ends, 0, next, 1, ends.length - 1);
    next[0] = 0;
    for (int row = 0; row < rows.length; row++) {
      rows[next[rank(row)]++] = row;
    }
    int from = 0;
    for (int end : ends) {
      RowOrder.sort(rows, from, end, (a, b) -> Long.compare(times[a], times[b]));
      from = end;
    }
    for (int row : rows) {
      int batch = batchOf[row] & 0xffff;
      visitor.visit(copies[batch], row - starts[batch]);
    }
  }

  private int rank(int row) {
    int batch = batchOf[row] & 0xffff;
    LogCopy copy = copies[batch];
    return streams.rank(copy.resourceRows[copy.from().resource()[row - starts[batch]]]);
  }

  /// Where the rows of each stream end once they are sorted by stream.
  private int[] rowsByStream() {
    var counts = new int[Math.max(1, streams.tables().resources.size())];
    for (int row = 0; row < times.length; row++) {
      counts[rank(row)]++;
    }
    for (int i = 1; i < counts.length; i++) {
      counts[i] += counts[i - 1];
    }
    return counts;
  }
}
