package dev.pharos.store.segment;

import dev.pharos.store.read.Condition;

/// Says by a block's filters, which are read for it, whether the block may have rows that satisfy a condition.
final class BlockFilters {
  private BlockFilters() {}

  static boolean mayMatch(Condition condition, BlockEntry block, ChunkReader reader) {
    return true;
  }
}
