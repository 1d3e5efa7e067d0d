package dev.pharos.store.segment;

import dev.pharos.model.LogBatch;
import dev.pharos.store.read.LogBlock;
import java.util.function.LongPredicate;

/// A place in a segment of log records that is being merged.
final class LogCursor extends MergeCursor<LogCursor> {
  private final SegmentView<LogBlock> segment;
  private final StreamTables streams;
  private final int[] resourceRows;
  private final int[] scopeRows;
  private final LongPredicate keep;
  private LogCopy copy = new LogCopy(new LogBatch(0), new int[0], new int[0], true);

  LogCursor(SegmentView<LogBlock> segment, StreamTables streams, int source, LongPredicate keep) {
    super(segment.footer());
    this.segment = segment;
    this.streams = streams;
    this.keep = keep;
    SegmentTables own = segment.footer().tables();
    this.resourceRows = streams.rows(source);
    this.scopeRows = streams.tables().addScopes(own.scopes, own.symbols);
  }

  LogCopy copy() {
    return copy;
  }

  @Override
  void load(BlockEntry entry) {
    var decoder = new LogBlockDecoder(new BlockColumns(segment.reader(), entry));
    copy = new LogCopy(decoder.decode(segment.footer().tables()), resourceRows, scopeRows, true);
  }

  @Override
  boolean keeps(int at) {
    return keep.test(copy.from().timeNanos()[at]);
  }

  private int rank() {
    return streams.rank(resourceRows[copy.from().resource()[row()]]);
  }

  @Override
  int compareTo(LogCursor other) {
    int order = Integer.compare(rank(), other.rank());
    return order != 0
        ? order
        : Long.compare(copy.from().timeNanos()[row()], other.copy.from().timeNanos()[other.row()]);
  }
}
