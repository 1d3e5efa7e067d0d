package dev.pharos.store.segment;

import dev.pharos.model.SpanBatch;
import java.util.function.LongPredicate;

/// A place in a segment of spans that is being merged; holds one decoded block. One thread.
final class SpanCursor {
  private final SegmentView<?> segment;
  private final int[] resourceRows;
  private final int[] scopeRows;
  private final LongPredicate keep;
  private SpanSource source;
  private int block = -1;
  private int row;
  private int rows;

  SpanCursor(SegmentView<?> segment, SegmentTables target, LongPredicate keep) {
    this.segment = segment;
    this.keep = keep;
    SegmentTables own = segment.footer().tables();
    this.resourceRows = target.addResources(own.resources, own.symbols);
    this.scopeRows = target.addScopes(own.scopes, own.symbols);
    this.source = SpanSource.of(new SpanBatch(0), target);
  }

  SpanSource source() {
    return source;
  }

  /// Moves on to the next row that is wanted, if the present one is not; false at the end. To be called before the
  /// first row is looked at, and after each that was taken.
  boolean settle() {
    while (true) {
      while (row >= rows) {
        if (++block >= segment.footer().blocks().size()) {
          return false;
        }
        load(segment.footer().blocks().get(block));
      }
      if (keep.test(source.spans().startNanos()[row])) {
        return true;
      }
      row++;
    }
  }

  private void load(BlockEntry entry) {
    var decoder = new SpanBlockDecoder(new BlockColumns(segment.reader(), entry));
    source = decoder.source(segment.footer().tables(), resourceRows, scopeRows);
    rows = entry.rows();
    row = 0;
  }

  /// Puts the present row, and those after it in the block that are wanted and of its trace, into `into`, and moves
  /// behind them.
  ///
  /// @return how many
  int takeTrace(int[] into) {
    SpanBatch spans = source.spans();
    long[] hi = spans.traceHi();
    long[] lo = spans.traceLo();
    long[] start = spans.startNanos();
    long traceHi = hi[row];
    long traceLo = lo[row];
    int count = 0;
    do {
      if (keep.test(start[row])) {
        into[count++] = row;
      }
      row++;
    } while (row < rows && lo[row] == traceLo && hi[row] == traceHi);
    return count;
  }

  /// The present row; moves behind it.
  int takeRow() {
    return row++;
  }

  int compareTrace(SpanCursor other) {
    SpanBatch spans = source.spans();
    SpanBatch others = other.source.spans();
    return TraceOrder.compare(
        spans.traceHi()[row],
        spans.traceLo()[row],
        others.traceHi()[other.row],
        others.traceLo()[other.row]);
  }

  int compareRow(SpanCursor other) {
    return TraceOrder.compare(source.spans(), row, other.source.spans(), other.row);
  }
}
