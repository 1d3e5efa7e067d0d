package dev.pharos.store.segment;

import dev.pharos.model.SpanBatch;

/// Collects rows in segment order and writes them block by block. One thread.
final class SpanStage {
  private final SegmentWriter writer;
  private SpanBatch block = new SpanBatch(SpanFormat.BLOCK_ROWS);

  SpanStage(SegmentWriter writer) {
    this.writer = writer;
  }

  void add(SpanCopy copy, int row) {
    copy.copy(row, block);
    if (block.rows() == SpanFormat.BLOCK_ROWS
        || block.symbols().textBytes() > SpanFormat.BLOCK_TEXT_BYTES) {
      flush();
    }
  }

  void flush() {
    if (block.rows() > 0) {
      SpanBlockEncoder.encode(block, writer);
      block = new SpanBatch(SpanFormat.BLOCK_ROWS);
    }
  }
}
