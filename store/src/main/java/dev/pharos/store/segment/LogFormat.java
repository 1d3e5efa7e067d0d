package dev.pharos.store.segment;

import dev.pharos.model.LogBatch;
import dev.pharos.model.Signal;
import dev.pharos.store.read.LogBlock;
import java.util.List;
import java.util.function.LongPredicate;

/// Segments of log records in the order of stream and time. A record without time is stored under its observed time.
public final class LogFormat implements SegmentFormat<LogBatch, LogBlock> {
  /// Rows of a block.
  static final int BLOCK_ROWS = 8192;

  /// Bytes of texts beyond which a block ends early.
  static final int BLOCK_TEXT_BYTES = 32 << 20;

  @Override
  public SegmentMeta write(List<LogBatch> batches, SegmentStorage storage, String name) {
    var streams = new StreamTables();
    for (LogBatch batch : batches) {
      streams.add(batch.resources(), batch.symbols());
    }
    streams.sort();
    SegmentTables tables = streams.tables();
    var copies = new LogCopy[batches.size()];
    for (int i = 0; i < copies.length; i++) {
      LogBatch batch = batches.get(i);
      copies[i] =
          new LogCopy(
              batch, streams.rows(i), tables.addScopes(batch.scopes(), batch.symbols()), true);
    }
    try (var writer = new SegmentWriter(storage, name, Signal.LOGS, tables)) {
      var tally = new StreamTally(tables.resources.size());
      var stage = new LogStage(writer, tally);
      new LogSorter(copies, streams).visit((copy, row) -> stage.add(copy, row, true));
      stage.finish();
      return writer.finish(tally.counts());
    }
  }

  @Override
  public SegmentMeta merge(
      List<OpenSegment<LogBlock>> inputs, LongPredicate keep, SegmentStorage storage, String name) {
    var streams = new StreamTables();
    for (OpenSegment<LogBlock> input : inputs) {
      SegmentTables own = ((SegmentView<LogBlock>) input).footer().tables();
      streams.add(own.resources, own.symbols);
    }
    streams.sort();
    try (var writer = new SegmentWriter(storage, name, Signal.LOGS, streams.tables())) {
      var merge = new LogMerge(streams, writer, keep);
      for (int i = 0; i < inputs.size(); i++) {
        merge.add((SegmentView<LogBlock>) inputs.get(i), i);
      }
      return merge.run();
    }
  }

  @Override
  public OpenSegment<LogBlock> open(SegmentStorage storage, SegmentMeta meta) {
    return new SegmentView<>(
        storage, meta, SegmentReader.open(storage, meta, Signal.LOGS), SegmentLogBlock::new);
  }

  @Override
  public HeadBlock<LogBlock> head(LogBatch batch) {
    return new HeadLogs(batch);
  }
}
