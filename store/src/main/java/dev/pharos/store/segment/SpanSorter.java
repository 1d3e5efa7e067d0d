package dev.pharos.store.segment;

import dev.pharos.model.SpanBatch;
import java.util.Arrays;
import java.util.List;

/// Sorts the spans of many batches; rows are numbered through all batches.
final class SpanSorter {
  private SpanSorter() {}

  /// Rows in order.
  ///
  /// @param starts where each batch's numbers begin, and the number of all rows
  record Sorted(int[] rows, int[] starts) {
    int batchOf(int row) {
      int found = Arrays.binarySearch(starts, row);
      if (found < 0) {
        return -found - 2;
      }
      while (starts[found + 1] == row) {
        found++;
      }
      return found;
    }

    int firstRow(int batch) {
      return starts[batch];
    }
  }

  static int[] starts(List<SpanBatch> batches) {
    var starts = new int[batches.size() + 1];
    for (int i = 0; i < batches.size(); i++) {
      starts[i + 1] = Math.addExact(starts[i], batches.get(i).rows());
    }
    return starts;
  }

  /// In [TraceOrder]. Sorts numbers made of the first bits of the trace id and the row, which is fast, then the rows
  /// with equal bits.
  static Sorted byTrace(List<SpanBatch> batches) {
    int[] starts = starts(batches);
    int total = starts[batches.size()];
    int rowBits = Integer.SIZE - Integer.numberOfLeadingZeros(total);
    long rowMask = (1L << rowBits) - 1;
    var keys = new long[total];
    for (int i = 0, at = 0; i < batches.size(); i++) {
      SpanBatch batch = batches.get(i);
      long[] hi = batch.traceHi();
      for (int row = 0; row < batch.rows(); row++, at++) {
        keys[at] = (hi[row] ^ Long.MIN_VALUE) & ~rowMask | at;
      }
    }
    Arrays.sort(keys);
    var rows = new int[total];
    for (int i = 0; i < total; i++) {
      rows[i] = (int) (keys[i] & rowMask);
    }
    var sorted = new Sorted(rows, starts);
    RowOrder.Comparison byAll = comparison(batches, sorted);
    for (int from = 0; from < total; ) {
      int to = from + 1;
      while (to < total && (keys[to] ^ keys[from]) >>> rowBits == 0) {
        to++;
      }
      RowOrder.sort(rows, from, to, byAll);
      from = to;
    }
    return sorted;
  }

  private static RowOrder.Comparison comparison(List<SpanBatch> batches, Sorted sorted) {
    SpanBatch[] all = batches.toArray(new SpanBatch[0]);
    return (a, b) -> {
      int batchA = sorted.batchOf(a);
      int batchB = sorted.batchOf(b);
      return TraceOrder.compare(
          all[batchA], a - sorted.firstRow(batchA), all[batchB], b - sorted.firstRow(batchB));
    };
  }
}
