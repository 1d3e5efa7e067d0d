package dev.pharos.query.logql;

import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.LogBlock;
import java.util.Optional;

/// A block of a plan that counts lines: answered by its counts, or read row by row. One thread.
final class CountedBlock {
  private final BlockRef<LogBlock> ref;
  private final Optional<BlockCounts> counts;
  private boolean byRows;

  /// @param counts of the block, if it can be counted once for all queries
  CountedBlock(BlockRef<LogBlock> ref, Optional<BlockCounts> counts) {
    this.ref = ref;
    this.counts = counts;
    this.byRows = counts.isEmpty();
  }

  BlockRef<LogBlock> ref() {
    return ref;
  }

  Optional<BlockCounts> counts() {
    return counts;
  }

  boolean isByRows() {
    return byRows;
  }

  void readByRows() {
    byRows = true;
  }

  boolean overlaps(CountedBlock other) {
    return ref.minNanos() <= other.ref.maxNanos() && other.ref.minNanos() <= ref.maxNanos();
  }
}
