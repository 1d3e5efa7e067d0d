package dev.pharos.store.read;

import dev.pharos.model.LogBatch;

/// A block of log records.
public interface LogBlock extends Block {
  /// Whole records of these rows, in this order. The time of a record without one is that of column `TIME`.
  LogBatch materialize(int[] rows, int count);
}
