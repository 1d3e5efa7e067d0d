package dev.pharos.query.memory;

import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockMemo;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A plan over blocks in memory. It leaves out every block that the conditions allow it to, row by row and to the
/// letter, so that a condition that promises too much shows as a wrong answer.
record MemoryPlan<B extends Block>(List<BlockRef<B>> blocks) implements Plan<B> {
  /// Those of the blocks that a scan must look at, in its order.
  static <B extends Block> MemoryPlan<B> of(List<Kept<B>> all, Scan scan) {
    Comparator<BlockRef<B>> order =
        scan.order() == Scan.Order.NEWEST_FIRST
            ? Comparator.comparingLong(ref -> -ref.maxNanos())
            : Comparator.comparingLong(BlockRef::minNanos);
    return new MemoryPlan<>(
        all.stream()
            .filter(kept -> kept.meets(scan.fromNanos(), scan.toNanos()))
            .<BlockRef<B>>map(kept -> new Ref<>(kept, scan))
            .sorted(order)
            .toList());
  }

  @Override
  public void close() {}

  /// A block with at least one row, and what is found out about it.
  record Kept<B extends Block>(B block, long min, long max, BlockMemo memo) {
    static <B extends Block> Kept<B> of(B block) {
      long[] times = block.column(Field.TIME).values();
      long min = Arrays.stream(times).min().orElseThrow();
      return new Kept<>(block, min, Arrays.stream(times).max().orElseThrow(), new BlockMemo());
    }

    boolean meets(long fromNanos, long toNanos) {
      return max >= fromNanos && min < toNanos;
    }
  }

  private record Ref<B extends Block>(Kept<B> kept, Scan scan) implements BlockRef<B> {
    @Override
    public Optional<BlockMemo> memo() {
      return Optional.of(kept.memo());
    }

    @Override
    public int rows() {
      return kept.block().rows();
    }

    @Override
    public long minNanos() {
      return kept.min();
    }

    @Override
    public long maxNanos() {
      return kept.max();
    }

    @Override
    public Optional<B> open() {
      for (int row = 0; row < rows(); row++) {
        if (RowConditions.all(kept.block(), row, scan.conditions())) {
          return Optional.of(kept.block());
        }
      }
      return Optional.empty();
    }
  }
}
