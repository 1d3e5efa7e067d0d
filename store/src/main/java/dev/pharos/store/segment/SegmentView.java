package dev.pharos.store.segment;

import dev.pharos.store.read.Block;
import dev.pharos.store.read.BlockMemo;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.LogStream;
import dev.pharos.store.read.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// An open segment of either signal. Any thread.
final class SegmentView<K extends Block> implements OpenSegment<K> {
  private final SegmentMeta meta;
  private final Footer footer;
  private final ChunkReader reader;
  private final Pruning pruning;
  private final BlockFilters filters;
  private final BlockFactory<K> factory;
  private final List<BlockMemo> memos;

  /// Makes a block of the signal.
  interface BlockFactory<K> {
    K create(ChunkReader reader, BlockEntry block, SegmentTables tables);
  }

  SegmentView(SegmentStorage storage, SegmentMeta meta, Footer footer, BlockFactory<K> factory) {
    this.meta = meta;
    this.footer = footer;
    this.reader = new ChunkReader(storage, meta.name());
    this.pruning = new Pruning(footer);
    this.filters = new BlockFilters(reader, pruning);
    this.factory = factory;
    this.memos = Stream.generate(BlockMemo::new).limit(footer.blocks().size()).toList();
    // Builds the index of the dictionary now: looking up is then only reading, which any thread may
    // do.
    footer.tables().symbols.find(" ");
  }

  @Override
  public SegmentMeta meta() {
    return meta;
  }

  Footer footer() {
    return footer;
  }

  ChunkReader reader() {
    return reader;
  }

  @Override
  public List<BlockRef<K>> blocks(Scan scan) {
    var refs = new ArrayList<BlockRef<K>>();
    int[] run = {0, memos.size()};
    if (pruning.ofSpans()) {
      for (Condition condition : scan.conditions()) {
        if (condition instanceof Condition.OfTrace trace) {
          run = having(trace, run);
        }
      }
    }
    for (int i = run[0]; i < run[1]; i++) {
      BlockEntry block = footer.blocks().get(i);
      if (block.bounds().maxNanos() >= scan.fromNanos()
          && block.bounds().minNanos() < scan.toNanos()
          && mayMatch(scan, block)) {
        refs.add(new Ref(block, memos.get(i), scan.conditions()));
      }
    }
    return refs;
  }

  /// Narrows a run of blocks to those that may have the trace: blocks of spans are in the order of their traces.
  private int[] having(Condition.OfTrace trace, int[] run) {
    long hi = trace.traceHi();
    long lo = trace.traceLo();
    int from = firstFrom(run, block -> block.compareLast(hi, lo) >= 0);
    return new int[] {
      from, firstFrom(new int[] {from, run[1]}, block -> block.compareFirst(hi, lo) > 0)
    };
  }

  /// The first block of a run from which on the test holds; the end if there is none.
  private int firstFrom(int[] run, Predicate<BlockEntry> test) {
    int low = run[0];
    int high = run[1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (test.test(footer.blocks().get(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private boolean mayMatch(Scan scan, BlockEntry block) {
    for (Condition condition : scan.conditions()) {
      if (!pruning.mayMatch(condition, block)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public List<LogStream> streams() {
    var streams = new ArrayList<LogStream>();
    for (int row = 0; row < footer.streams().size(); row++) {
      StreamCounts counts = footer.streams().get(row);
      if (counts.records() > 0) {
        streams.add(
            new LogStream(
                footer.tables().resources,
                footer.tables().symbols,
                row,
                counts.minNanos(),
                counts.maxNanos(),
                counts.records(),
                counts.bodyBytes()));
      }
    }
    return streams;
  }

  @Override
  public long heapBytes() {
    return footer.heapBytes();
  }

  /// A block of a plan.
  private final class Ref implements BlockRef<K> {
    private final BlockEntry block;
    private final BlockMemo memo;
    private final List<Condition> conditions;

    Ref(BlockEntry block, BlockMemo memo, List<Condition> conditions) {
      this.block = block;
      this.memo = memo;
      this.conditions = conditions;
    }

    @Override
    public int rows() {
      return block.rows();
    }

    @Override
    public long minNanos() {
      return block.bounds().minNanos();
    }

    @Override
    public long maxNanos() {
      return block.bounds().maxNanos();
    }

    @Override
    public Optional<BlockMemo> memo() {
      return Optional.of(memo);
    }

    @Override
    public Optional<K> open() {
      for (Condition condition : conditions) {
        if (!filters.mayMatch(condition, block)) {
          return Optional.empty();
        }
      }
      return Optional.of(factory.create(reader, block, footer.tables()));
    }
  }
}
