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
    return write(batches, SpanSorter.byTrace(batches), storage, name);
  }

  /// Writes rows in the order given: numbers that count through all batches.
  static SegmentMeta write(
      List<SpanBatch> batches, SpanSorter.Sorted sorted, SegmentStorage storage, String name) {
    var tables = new SegmentTables();
    var copies = new SpanCopy[batches.size()];
    for (int i = 0; i < copies.length; i++) {
      SpanBatch batch = batches.get(i);
      copies[i] =
          new SpanCopy(
              batch,
              tables.addResources(batch.resources(), batch.symbols()),
              tables.addScopes(batch.scopes(), batch.symbols()),
              true);
    }
    try (var writer = new SegmentWriter(storage, name, Signal.TRACES, tables)) {
      var stage = new SpanStage(writer);
      for (int row : sorted.rows()) {
        int batch = sorted.batchOf(row);
        stage.add(copies[batch], row - sorted.firstRow(batch));
      }
      stage.flush();
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
      var stage = new SpanStage(writer);
      MergeCursor.mergeAll(cursors, cursor -> stage.add(cursor.copy(), cursor.row()));
      stage.flush();
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
