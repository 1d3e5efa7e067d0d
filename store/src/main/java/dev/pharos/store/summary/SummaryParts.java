package dev.pharos.store.summary;

import dev.pharos.model.Batch;
import dev.pharos.model.Tenant;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;

/// The rows of a signal as a summary reads them: a snapshot of head and segments.
@FunctionalInterface
public interface SummaryParts<B extends Batch, K extends Block> {
  /// Shows all rows of a tenant that may lie in the range, each in one part.
  ///
  /// @param toNanos exclusive
  void visit(Tenant tenant, long fromNanos, long toNanos, Visitor<B, K> visitor);

  /// Takes the parts.
  interface Visitor<B extends Batch, K extends Block> {
    /// Before all parts: rows before are past retention and not to be counted.
    void earliest(long nanos);

    /// Batches of the head.
    void head(SummedBatches<B> batches);

    /// A segment.
    ///
    /// @param whole whether all its rows are shown: none is deleted or past retention
    /// @param blocks those that may have rows of the range; valid until this returns
    void segment(String name, boolean whole, Iterable<? extends BlockRef<K>> blocks);
  }
}
