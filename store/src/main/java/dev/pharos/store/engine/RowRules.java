package dev.pharos.store.engine;

import dev.pharos.model.Batch;

/// Which items of a batch the store takes, and in which order it keeps them. Stateless, or any thread.
@FunctionalInterface
public interface RowRules<B extends Batch> {
  /// Reports the items that are rejected alone.
  void check(B batch, RowLimits limits, Rejections into);

  /// The batch as it is written and kept: the same items, in an order that is good for later cuts.
  default B arrange(B batch) {
    return batch;
  }
}
