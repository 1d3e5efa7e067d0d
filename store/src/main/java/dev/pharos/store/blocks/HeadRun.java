package dev.pharos.store.blocks;

import dev.pharos.model.Batch;
import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockMemo;
import dev.pharos.store.summary.SummedBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// So many consecutive batches of one tenant's head that what they sum up to is worth to be kept. The first of them
/// remembers the run, so the same batches make the same one as long as they are in the head. Any thread.
final class HeadRun<B extends Batch, K extends Block> {
  /// Rows of a run, or a batch more. The last ones of the head, which are fewer, are counted each time.
  static final int ROWS = 16 << 10;

  private final List<HeadChunk<B, K>> chunks;
  private final SummedBatches<B> batches;

  private HeadRun(List<HeadChunk<B, K>> chunks, Optional<BlockMemo> sum) {
    this.chunks = chunks;
    this.batches = new SummedBatches<>(chunks.stream().map(HeadChunk::batch).toList(), sum);
  }

  /// Batches of one tenant in runs, and at the end those that make none yet.
  static <B extends Batch, K extends Block> List<HeadRun<B, K>> of(List<HeadChunk<B, K>> chunks) {
    var runs = new ArrayList<HeadRun<B, K>>();
    for (int from = 0; from < chunks.size(); from += runs.getLast().chunks.size()) {
      runs.add(at(chunks, from));
    }
    return runs;
  }

  private static <B extends Batch, K extends Block> HeadRun<B, K> at(
      List<HeadChunk<B, K>> chunks, int from) {
    HeadChunk<B, K> first = chunks.get(from);
    Optional<HeadRun<B, K>> known = first.run().filter(run -> run.isAt(chunks, from));
    if (known.isPresent()) {
      return known.get();
    }
    long rows = 0;
    for (int to = from; to < chunks.size(); to++) {
      rows += chunks.get(to).rows();
      if (rows >= ROWS) {
        var run =
            new HeadRun<>(List.copyOf(chunks.subList(from, to + 1)), Optional.of(new BlockMemo()));
        first.begin(run);
        return run;
      }
    }
    return new HeadRun<>(List.copyOf(chunks.subList(from, chunks.size())), Optional.empty());
  }

  private boolean isAt(List<HeadChunk<B, K>> all, int from) {
    if (from + chunks.size() > all.size()) {
      return false;
    }
    for (int i = 0; i < chunks.size(); i++) {
      if (all.get(from + i) != chunks.get(i)) {
        return false;
      }
    }
    return true;
  }

  List<HeadChunk<B, K>> chunks() {
    return chunks;
  }

  SummedBatches<B> batches() {
    return batches;
  }

  /// The batches that may have rows of a range of time: all of a run that keeps its sum, unless it has none.
  ///
  /// @param toNanos exclusive
  /// @param earliestNanos rows before are not to be counted
  Optional<SummedBatches<B>> in(
      RowTimes<B> times, long fromNanos, long toNanos, long earliestNanos) {
    var some = new ArrayList<B>();
    boolean whole = true;
    for (HeadChunk<B, K> chunk : chunks) {
      HeadChunk.Times own = chunk.times(times);
      if (own.leastNanos() < toNanos && own.mostNanos() >= fromNanos) {
        some.add(chunk.batch());
      }
      whole &= own.leastNanos() >= earliestNanos;
    }
    if (some.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(whole && batches.sum().isPresent() ? batches : SummedBatches.once(some));
  }
}
