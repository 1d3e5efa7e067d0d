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

  /// Opens the block, unless a filter shows that none of its rows can satisfy the plan's conditions. Any thread.
  Optional<B> open();
}
