package dev.pharos.store.read;

import java.util.Optional;

/// A block of a plan that is not read yet.
public interface BlockRef<B extends Block> {
  int rows();

  /// Lower bound of column `TIME`.
  long minNanos();

  /// Upper bound of column `TIME`, inclusive.
  long maxNanos();

  /// Where to keep what is found out about all rows of the block; empty if its rows may change.
  default Optional<BlockMemo> memo() {
    return Optional.empty();
  }

  /// Stands for the block's rows, which never change: the same object in every plan that shows the same rows, as long
  /// as they are in memory or their segment is open. What is worked out of all rows of a block can be kept under it.
  default Object identity() {
    return memo().<Object>map(memo -> memo).orElse(this);
  }

  /// Opens the block, unless a filter shows that none of its rows can satisfy the plan's conditions. Any thread.
  Optional<B> open();
}
