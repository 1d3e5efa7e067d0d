package dev.pharos.store.segment;

import dev.pharos.model.LogBatch;
import dev.pharos.store.read.LogBlock;
import java.util.List;
import java.util.function.LongPredicate;

/// A place in a segment of log records that is being merged.
final class LogCursor extends MergeCursor<LogCursor> {
  private final Source source;
  private final StreamTables streams;
  private final LongPredicate keep;
  private final boolean counted;
  private LogCopy copy = new LogCopy(new LogBatch(0), new int[0], new int[0], true);

  /// Where rows come from.
  ///
  /// @param blocks those of the segment that are to be merged row by row
  record Source(
      SegmentView<LogBlock> segment,
      List<BlockEntry> blocks,
      int[] resourceRows,
      int[] scopeRows) {}

  /// @param counted whether the rows are to be counted by their Resources
  LogCursor(Source source, StreamTables streams, LongPredicate keep, boolean counted) {
    super(source.blocks());
    this.source = source;
    this.streams = streams;
    this.keep = keep;
    this.counted = counted;
  }

  boolean isCounted() {
    return counted;
  }

  LogCopy copy() {
    return copy;
  }

  @Override
  void load(BlockEntry entry) {
    var decoder = new LogBlockDecoder(new BlockColumns(source.segment().reader(), entry));
    LogBatch block = decoder.decode(source.segment().footer().tables());
    copy = new LogCopy(block, source.resourceRows(), source.scopeRows(), true);
  }

  @Override
  boolean keeps(int at) {
    return keep.test(copy.from().timeNanos()[at]);
  }

  private int rank() {
    return streams.rank(source.resourceRows()[copy.from().resource()[row()]]);
  }

  @Override
  int compareTo(LogCursor other) {
    int order = Integer.compare(rank(), other.rank());
    return order != 0
        ? order
        : Long.compare(copy.from().timeNanos()[row()], other.copy.from().timeNanos()[other.row()]);
  }
}
