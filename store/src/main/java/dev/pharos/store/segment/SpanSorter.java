package dev.pharos.store.segment;

import dev.pharos.model.SpanBatch;
import java.util.Arrays;
import java.util.List;

/// Visits the spans of many batches in the order of a segment. What is sorted is not rows but *runs*: neighbouring rows
/// of one trace in a batch. Runs of one trace are then brought together and their rows ordered among themselves. One
/// thread.
final class SpanSorter {
  /// Takes rows in order.
  interface Rows {
    /// Rows `rows[from .. to)` of a batch, all of one trace.
    void take(int batch, int[] rows, int from, int to);
  }

  private final SpanBatch[] batches;
  private final Rows into;
  private int[] runBatch = new int[1024];
  private int[] runRow = new int[1024];
  private int runs;

  /// The rows that are ordered among themselves: where they are, and what they are compared by.
  private int[] batch = new int[64];

  private int[] row = new int[64];
  private long[] hi = new long[64];
  private long[] lo = new long[64];
  private long[] start = new long[64];
  private long[] span = new long[64];
  private int size;

  private SpanSorter(List<SpanBatch> batches, Rows into) {
    this.batches = batches.toArray(new SpanBatch[0]);
    this.into = into;
  }

  /// All rows in [TraceOrder].
  static void visit(List<SpanBatch> batches, Rows into) {
    var sorter = new SpanSorter(batches, into);
    for (int i = 0; i < sorter.batches.length; i++) {
      sorter.findRuns(i);
    }
    sorter.visit();
  }

  private void findRuns(int number) {
    SpanBatch spans = batches[number];
    long[] his = spans.traceHi();
    long[] los = spans.traceLo();
    for (int i = 0; i < spans.rows(); i++) {
      if (i == 0 || los[i] != los[i - 1] || his[i] != his[i - 1]) {
        if (runs == runBatch.length) {
          runBatch = Arrays.copyOf(runBatch, runs * 2);
          runRow = Arrays.copyOf(runRow, runs * 2);
        }
        runBatch[runs] = number;
        runRow[runs++] = i;
      }
    }
  }

  /// Sorts numbers made of the first bits of the trace id and the run; runs with equal bits, which are those of one
  /// trace but for a rare chance, are ordered together.
  private void visit() {
    int runBits = Integer.SIZE - Integer.numberOfLeadingZeros(runs);
    long runMask = (1L << runBits) - 1;
    var keys = new long[runs];
    for (int i = 0; i < runs; i++) {
      long first = batches[runBatch[i]].traceHi()[runRow[i]];
      keys[i] = (first ^ Long.MIN_VALUE) & ~runMask | i;
    }
    Arrays.sort(keys);
    for (int from = 0; from < runs; ) {
      int to = from;
      size = 0;
      do {
        collect((int) (keys[to++] & runMask));
      } while (to < runs && (keys[to] ^ keys[from]) >>> runBits == 0);
      order();
      from = to;
    }
  }

  private void collect(int run) {
    SpanBatch spans = batches[runBatch[run]];
    int from = runRow[run];
    long traceHi = spans.traceHi()[from];
    long traceLo = spans.traceLo()[from];
    for (int i = from;
        i < spans.rows() && spans.traceLo()[i] == traceLo && spans.traceHi()[i] == traceHi;
        i++) {
      if (size == row.length) {
        widen();
      }
      batch[size] = runBatch[run];
      row[size] = i;
      hi[size] = traceHi;
      lo[size] = traceLo;
      start[size] = spans.startNanos()[i];
      span[size++] = spans.spanId()[i];
    }
  }

  private void widen() {
    int room = size * 2;
    batch = Arrays.copyOf(batch, room);
    row = Arrays.copyOf(row, room);
    hi = Arrays.copyOf(hi, room);
    lo = Arrays.copyOf(lo, room);
    start = Arrays.copyOf(start, room);
    span = Arrays.copyOf(span, room);
  }

  private void order() {
    var order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    RowOrder.sort(order, 0, size, this::compare);
    var rows = new int[size];
    int from = 0;
    for (int i = 0; i < size; i++) {
      int at = order[i];
      int first = order[from];
      if (batch[at] != batch[first] || lo[at] != lo[first] || hi[at] != hi[first]) {
        into.take(batch[first], rows, from, i);
        from = i;
      }
      rows[i] = row[at];
    }
    into.take(batch[order[from]], rows, from, size);
  }

  private int compare(int a, int b) {
    int byTrace = TraceOrder.compare(hi[a], lo[a], hi[b], lo[b]);
    if (byTrace != 0) {
      return byTrace;
    }
    int byStart = Long.compare(start[a], start[b]);
    return byStart != 0 ? byStart : Long.compare(span[a], span[b]);
  }
}
