package dev.pharos.query.logql;

import dev.pharos.model.Labels;
import dev.pharos.model.Tenant;
import dev.pharos.query.BlocksAhead;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.logql.syntax.RangeFunction;
import dev.pharos.store.read.BlockMemo;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.LogBlock;
import dev.pharos.store.read.LogReader;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts all lines of streams by labels that do not differ within a stream and level: by the counts of blocks, which
/// the first query makes and leaves beside them, and row by row where these cannot tell. One thread.
final class CountedScan {
  /// Blocks of a plan up to which they are looked at all together: eight thousand million records.
  private static final int MAX_BLOCKS = 1_000_000;

  private final LogReader reader;
  private final ScanPool pool;
  private final QueryContext context;
  private final LogPlan plan;
  private final KnownResources resources;
  private long rows;

  CountedScan(
      LogReader reader,
      ScanPool pool,
      QueryContext context,
      LogPlan plan,
      KnownResources resources) {
    this.reader = reader;
    this.pool = pool;
    this.context = context;
    this.plan = plan;
    this.resources = resources;
  }

  /// Whether counts of blocks may answer.
  static boolean mayAnswer(MetricPlan.Lines lines) {
    boolean counts =
        lines.function() == RangeFunction.COUNT_OVER_TIME
            || lines.function() == RangeFunction.RATE
            || lines.function() == RangeFunction.ABSENT_OVER_TIME;
    return counts
        && lines.lines().isWithoutStages()
        && lines.labels().isPresent()
        && lines.labels().get().stream().allMatch(BlockCounts::mayTell);
  }

  LogqlResult.Stats run(WindowCounter counter) {
    var scan =
        new Scan(
            new Tenant(context.tenant()),
            counter.fromNanos(),
            counter.toNanos(),
            Scan.Order.OLDEST_FIRST,
            plan.conditions());
    try (Plan<LogBlock> blocks = reader.plan(scan)) {
      if (blocks.blocks().size() > MAX_BLOCKS) {
        return byRows(scan, blocks.blocks(), counter);
      }
      List<CountedBlock> counted = counted(blocks.blocks());
      for (CountedBlock block : counted) {
        if (!block.counts().map(counter::takes).orElse(false)) {
          block.readByRows();
        }
      }
      SharedRecords.mark(context, counted);
      Map<Labels, Boolean> selected = new HashMap<>();
      var left = new ArrayList<BlockRef<LogBlock>>();
      for (CountedBlock block : counted) {
        if (block.isByRows()) {
          left.add(block.ref());
        } else {
          BlockCounts counts = block.counts().orElseThrow();
          counter.add(counts, stream -> selected.computeIfAbsent(stream, plan::selects));
          rows += counts.rows();
        }
      }
      LogqlResult.Stats scanned = byRows(scan, left, counter);
      return new LogqlResult.Stats(rows + scanned.lines(), scanned.bytes());
    }
  }

  private LogqlResult.Stats byRows(
      Scan scan, List<BlockRef<LogBlock>> blocks, WindowCounter counter) {
    var scanned = new LogScan(reader, pool, context, plan);
    scanned.run(scan, blocks, false, counter);
    return scanned.stats();
  }

  /// The blocks that may have wanted lines, counted if that can be done once for all queries.
  private List<CountedBlock> counted(List<BlockRef<LogBlock>> refs) {
    var uncounted = new ArrayList<BlockRef<LogBlock>>();
    context.check();
    for (BlockRef<LogBlock> ref : refs) {
      if (ref.memo().isPresent() && ref.memo().flatMap(CountedScan::find).isEmpty()) {
        uncounted.add(ref);
      }
    }
    Map<Long, BlockCounts> made = count(uncounted);
    var counted = new ArrayList<CountedBlock>();
    for (BlockRef<LogBlock> ref : refs) {
      Optional<BlockCounts> counts =
          ref.memo()
              .flatMap(memo -> Optional.ofNullable(made.get(memo.number())).or(() -> find(memo)));
      if (counts.isPresent() || ref.memo().isEmpty()) {
        counted.add(new CountedBlock(ref, counts));
      }
    }
    return counted;
  }

  private static Optional<BlockCounts> find(BlockMemo memo) {
    return memo.find(BlockCounts.class);
  }

  /// By the numbers of the blocks' memos; blocks that a filter rules out are not among them.
  private Map<Long, BlockCounts> count(List<BlockRef<LogBlock>> refs) {
    Map<Long, BlockCounts> made = new HashMap<>();
    try (var ahead =
        new BlocksAhead<LogBlock, CountedBlock>(
            context,
            pool,
            refs,
            ref -> true,
            () ->
                (block, number, tally) ->
                    Optional.of(
                        new CountedBlock(refs.get(number), Optional.of(resources.count(block)))))) {
      for (Optional<CountedBlock> next = ahead.next(); next.isPresent(); next = ahead.next()) {
        BlockMemo memo = next.get().ref().memo().orElseThrow();
        BlockCounts counts = next.get().counts().orElseThrow();
        memo.keep(counts);
        made.put(memo.number(), counts);
      }
    }
    return made;
  }
}
