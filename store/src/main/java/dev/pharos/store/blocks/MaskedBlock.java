package dev.pharos.store.blocks;

import dev.pharos.model.Batch;
import dev.pharos.store.delete.Deletion;
import dev.pharos.store.delete.RowMask;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockRef;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// A block of a segment without the rows that deletions hide. Where there are such rows, opening it copies the others,
/// which lasts until a merge has written the segment anew. Any thread.
record MaskedBlock<B extends Batch, K extends Block>(
    BlockRef<K> whole, BlockKind<B, K> kind, List<Deletion> deletions) implements BlockRef<K> {

  /// The block as it is, where no deletion touches it.
  static <B extends Batch, K extends Block> BlockRef<K> of(
      BlockRef<K> whole, BlockKind<B, K> kind, List<Deletion> deletions) {
    List<Deletion> touching =
        deletions.stream()
            .filter(deletion -> deletion.touches(whole.minNanos(), whole.maxNanos()))
            .toList();
    return touching.isEmpty() ? whole : new MaskedBlock<>(whole, kind, touching);
  }

  @Override
  public int rows() {
    return whole.rows();
  }

  @Override
  public long minNanos() {
    return whole.minNanos();
  }

  @Override
  public long maxNanos() {
    return whole.maxNanos();
  }

  @Override
  public Optional<K> open() {
    Optional<K> block = whole.open();
    if (block.isEmpty()) {
      return block;
    }
    BitSet hidden = RowMask.of(block.get(), deletions);
    if (hidden.isEmpty()) {
      return block;
    }
    return hidden.cardinality() == block.get().rows()
        ? Optional.empty()
        : kind.format().head(kind.without(block.get(), hidden)).open();
  }
}
