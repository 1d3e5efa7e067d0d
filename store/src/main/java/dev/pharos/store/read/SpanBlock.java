package dev.pharos.store.read;

import dev.pharos.model.SpanBatch;

/// A block of spans with their events and links. The rows of one trace fragment may be anywhere in it.
public interface SpanBlock extends Block {
  /// The events of the block's spans, with column `PARENT_ROW`.
  Block events();

  /// The links of the block's spans, with column `PARENT_ROW`.
  Block links();

  /// Whole spans of these rows, in this order.
  SpanBatch materialize(int[] rows, int count);
}
