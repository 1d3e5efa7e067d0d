package dev.pharos.store.engine;

import dev.pharos.model.Batch;

/// Which items of a batch the store takes; the others are rejected alone. Stateless, or any thread.
@FunctionalInterface
public interface RowRules<B extends Batch> {
  void check(B batch, RowLimits limits, Rejections into);
}
