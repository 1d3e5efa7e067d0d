package dev.pharos.store.segment;

import dev.pharos.model.Signal;
import dev.pharos.model.SpanBatch;
import dev.pharos.store.read.SpanBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/// Segments of spans in the order of their traces, so that a trace lies in one block or two neighbours.
public final class SpanFormat implements SegmentFormat<SpanBatch, SpanBlock> {
  /// Rows of a block.
  static final int BLOCK_ROWS = 4096;

  /// Bytes of texts beyond which a block ends early.
  static final int BLOCK_TEXT_BYTES = 32 << 20;

  @Override
  public SegmentMeta write(List<SpanBatch> batches, SegmentStorage storage, String name) {
    var tables = new SegmentTables();
    var sources = new SpanSource[batches.size()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = SpanSource.of(batches.get(i), tables);
    }
    try (var writer = new SegmentWriter(storage, name, Signal.TRACES, tables)) {
      var encoder = new SpanBlockEncoder(writer, Effort.QUICK);
      SpanSorter.visit(
          batches, (batch, rows, from, to) -> encoder.add(sources[batch], rows, from, to));
      encoder.flush();
      return writer.finish(List.of());
    }
  }

  @Override
  public SegmentMeta merge(
      List<OpenSegment<SpanBlock>> inputs,
      LongPredicate keep,
      SegmentStorage storage,
      String name) {
    var tables = new SegmentTables();
    var cursors = new ArrayList<SpanCursor>();
    for (OpenSegment<SpanBlock> input : inputs) {
      cursors.add(new SpanCursor((SegmentView<SpanBlock>) input, tables, keep));
    }
    try (var writer = new SegmentWriter(storage, name, Signal.TRACES, tables)) {
      new SpanMerge(new SpanBlockEncoder(writer, Effort.SMALL)).run(cursors);
      return writer.finish(List.of());
    }
  }

  @Override
  public OpenSegment<SpanBlock> open(SegmentStorage storage, SegmentMeta meta) {
    return new SegmentView<>(
        storage, meta, SegmentReader.open(storage, meta, Signal.TRACES), SegmentSpanBlock::new);
  }

  @Override
  public HeadBlock<SpanBlock> head(SpanBatch batch) {
    return new HeadSpans(batch);
  }
}
