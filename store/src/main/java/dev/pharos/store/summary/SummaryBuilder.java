package dev.pharos.store.summary;

import dev.pharos.model.Batch;
import dev.pharos.store.read.Block;

/// Counts rows. One thread.
///
/// @param <S> the summary
public interface SummaryBuilder<B extends Batch, K extends Block, S> {
  void add(B batch);

  void add(K block);

  /// Adds what a summary has counted, whose grain divides that of this builder.
  void add(S summary);

  S build();
}
