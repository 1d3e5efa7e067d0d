package dev.pharos.store.summary;

import dev.pharos.store.read.BlockMemo;
import java.util.List;
import java.util.Optional;

/// Batches of the head, none of which ever changes. Any thread.
///
/// @param sum where their summary is kept once it was made; empty of those that more will come to
public record SummedBatches<B>(List<B> batches, Optional<BlockMemo> sum) {
  /// Batches whose summary nobody asks for twice.
  public static <B> SummedBatches<B> once(List<B> batches) {
    return new SummedBatches<>(batches, Optional.empty());
  }
}
