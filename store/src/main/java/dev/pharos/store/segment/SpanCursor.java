package dev.pharos.store.segment;

import dev.pharos.model.SpanBatch;
import dev.pharos.store.read.SpanBlock;
import java.util.function.LongPredicate;

/// A place in a segment of spans that is being merged.
final class SpanCursor extends MergeCursor<SpanCursor> {
  private final SegmentView<SpanBlock> segment;
  private final int[] resourceRows;
  private final int[] scopeRows;
  private final LongPredicate keep;
  private SpanCopy copy = new SpanCopy(new SpanBatch(0), new int[0], new int[0], true);

  SpanCursor(SegmentView<SpanBlock> segment, SegmentTables target, LongPredicate keep) {
    super(segment.footer());
    this.segment = segment;
    this.keep = keep;
    SegmentTables own = segment.footer().tables();
    this.resourceRows = target.addResources(own.resources, own.symbols);
    this.scopeRows = target.addScopes(own.scopes, own.symbols);
  }

  SpanCopy copy() {
    return copy;
  }

  @Override
  void load(BlockEntry entry) {
    var decoder = new SpanBlockDecoder(new BlockColumns(segment.reader(), entry));
    copy = new SpanCopy(decoder.decode(segment.footer().tables()), resourceRows, scopeRows, true);
  }

  @Override
  boolean keeps(int at) {
    return keep.test(copy.from().startNanos()[at]);
  }

  @Override
  int compareTo(SpanCursor other) {
    return TraceOrder.compare(copy.from(), row(), other.copy.from(), other.row());
  }
}
