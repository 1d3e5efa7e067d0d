package dev.pharos.store.summary;

import dev.pharos.model.Batch;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import java.util.List;

/// Counts rows. One thread.
///
/// @param <S> the summary
public interface SummaryBuilder<B extends Batch, K extends Block, S> {
  void add(B batch);

  void add(K block);

  /// Adds what a summary has counted, whose grain divides that of this builder.
  void add(S summary);

  /// Looks in batches, which were added, for what all that was added has left open.
  default void complete(List<B> batches) {}

  /// Looks in blocks, which were added, for what all that was added has left open.
  default void completeByBlocks(Iterable<? extends BlockRef<K>> blocks) {}

  S build();
}
