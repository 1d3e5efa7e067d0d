package dev.pharos.query.logql;

import dev.pharos.model.Tenant;
import dev.pharos.query.BlocksAhead;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import java.util.List;
import java.util.Optional;

/// Runs the lines of a plan through its stages, block by block: time and stream decide first, on their small columns,
/// and the text is read only where rows are left. Blocks are read and filtered on the pool, some ahead, and their
/// lines reach the sink in the order of the plan. One thread, which the sink is called on.
final class LogScan {
  /// The blocks of the plan, by their numbers.
  interface Blocks {
    /// Opens a block again.
    LogRows open(int number);

    /// No line of this block or of one behind it is older.
    long earliestNanos(int number);
  }

  /// Takes the lines that passed all stages.
  interface Sink {
    /// Called before all others; the blocks are there until the scan ends.
    default void begin(Blocks blocks) {}

    /// Whether a block of this time range can still matter.
    default boolean wantsBlock(long minNanos, long maxNanos) {
      return true;
    }

    /// Whether lines at this time can still matter; asked in time order if the scan is ordered. False ends the block.
    default boolean wantsTime(long nanos) {
      return true;
    }

    void take(LogRows rows, int block, int row, Line line);
  }

  private final LogReader reader;
  private final ScanPool pool;
  private final QueryContext context;
  private final LogPlan plan;
  private final Line line = new Line();
  private long lines;
  private long bytes;

  LogScan(LogReader reader, ScanPool pool, QueryContext context, LogPlan plan) {
    this.reader = reader;
    this.pool = pool;
    this.context = context;
    this.plan = plan;
  }

  /// Lines from `fromNanos` (inclusive) to `toNanos` (exclusive).
  ///
  /// @param ordered whether the rows of a block come in the scan's time order
  void run(long fromNanos, long toNanos, Scan.Order order, boolean ordered, Sink sink) {
    var scan = new Scan(new Tenant(context.tenant()), fromNanos, toNanos, order, plan.conditions());
    try (Plan<LogBlock> blocks = reader.plan(scan)) {
      run(scan, blocks.blocks(), ordered, sink);
    }
  }

  /// Lines of some of the blocks of a scan's plan.
  void run(Scan scan, List<BlockRef<LogBlock>> blocks, boolean ordered, Sink sink) {
    Step[] steps = plan.labelling();
    try (var ahead =
        new BlocksAhead<LogBlock, SelectedRows>(
            context,
            pool,
            blocks,
            ref -> wants(ref, scan, sink),
            () -> new RowSelector(context, plan, scan, ordered))) {
      sink.begin(new PlannedBlocks(blocks));
      for (Optional<SelectedRows> next = ahead.next(); next.isPresent(); next = ahead.next()) {
        take(next.get(), ordered, steps, sink);
      }
      lines += ahead.total().rows();
      bytes += ahead.total().bytes();
    }
  }

  /// Most scans never ask how old later blocks are, and a plan may have very many.
  private static final class PlannedBlocks implements Blocks {
    private final List<BlockRef<LogBlock>> refs;
    private long[] earliest = new long[0];

    PlannedBlocks(List<BlockRef<LogBlock>> refs) {
      this.refs = refs;
    }

    @Override
    public LogRows open(int number) {
      return new LogRows(refs.get(number).open().orElseThrow());
    }

    @Override
    public long earliestNanos(int number) {
      if (earliest.length == 0) {
        earliest = new long[refs.size()];
        long least = Long.MAX_VALUE;
        for (int i = earliest.length - 1; i >= 0; i--) {
          least = Math.min(least, refs.get(i).minNanos());
          earliest[i] = least;
        }
      }
      return earliest[number];
    }
  }

  private static boolean wants(BlockRef<LogBlock> ref, Scan scan, Sink sink) {
    boolean outside = ref.maxNanos() < scan.fromNanos() || ref.minNanos() >= scan.toNanos();
    return !outside && sink.wantsBlock(ref.minNanos(), ref.maxNanos());
  }

  private void take(SelectedRows selected, boolean ordered, Step[] steps, Sink sink) {
    LogRows rows = selected.block();
    for (int i = 0; i < selected.count(); i++) {
      int row = selected.rows()[i];
      if ((i & 0xfff) == 0xfff) {
        context.check();
      }
      if (!sink.wantsTime(rows.timeNanos(row))) {
        if (ordered) {
          return;
        }
        continue;
      }
      line.reset(rows, row, selected.read().get(row));
      boolean known = !selected.failed().get(row) && plan.tellsWithoutParsing(line);
      if (known || LogPlan.passes(steps, line)) {
        sink.take(rows, selected.number(), row, line);
      }
    }
  }

  LogqlResult.Stats stats() {
    return new LogqlResult.Stats(lines, bytes + line.loadedBytes());
  }
}
