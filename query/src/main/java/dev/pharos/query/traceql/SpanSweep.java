package dev.pharos.query.traceql;

import dev.pharos.model.Tenant;
import dev.pharos.query.BlocksAhead;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.traceql.syntax.FieldExpr;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.TraceReader;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// Shows every span of a time range that a filter takes to those who count them, block by block on the pool, as often
/// as they ask: it is a snapshot, so each pass shows the same spans. Which these are is decided by the first pass and
/// held for the others, a bit a row. One thread; close it.
public final class SpanSweep implements AutoCloseable {
  /// Takes the found spans of one block after the other. One thread at a time.
  @FunctionalInterface
  public interface Work {
    /// @param number of the block, the same in each pass
    /// @param block of which rows that were not found may have been left out; the same ones in each pass
    /// @param taken by row, whether the span was found; not to be kept
    /// @param count how many were, at least one
    void take(int number, SpanBlock block, boolean[] taken, int count);
  }

  private final TraceReader reader;
  private final ScanPool pool;
  private final QueryContext context;
  private final SpanFilter filter;
  private final Scan scan;
  private final Plan<SpanBlock> plan;

  /// By block the rows that a pass has found; not of blocks whose rows all lie in the range and need no filter.
  private final Map<Integer, BitSet> found = new ConcurrentHashMap<>();

  private SpanSweep(
      TraceReader reader, ScanPool pool, QueryContext context, SpanFilter filter, Scan scan) {
    this.reader = reader;
    this.pool = pool;
    this.context = context;
    this.filter = filter;
    this.scan = scan;
    this.plan = reader.plan(scan);
  }

  /// @param pool where blocks are read
  /// @param toNanos exclusive
  public static SpanSweep open(
      TraceReader reader,
      ScanPool pool,
      QueryContext context,
      SpanFilter filter,
      long fromNanos,
      long toNanos) {
    Scan scan = scan(fromNanos, toNanos, context, filter.pushedDown());
    return new SpanSweep(reader, pool, context, filter, scan);
  }

  private static Scan scan(
      long fromNanos, long toNanos, QueryContext context, List<Condition> conditions) {
    return new Scan(
        new Tenant(context.tenant()), fromNanos, toNanos, Scan.Order.NEWEST_FIRST, conditions);
  }

  /// What came of a pass.
  ///
  /// @param works one of each thread; what they hold is complete, and may be read
  public record Swept<W>(List<W> works, SweepCost cost) {}

  /// Returns when all blocks were shown.
  ///
  /// @param works makes one for each thread; any thread may call it
  public <W extends Work> Swept<W> run(Supplier<W> works) {
    long rows = 0;
    long opened = 0;
    Queue<W> made = new ConcurrentLinkedQueue<>();
    List<BlockRef<SpanBlock>> blocks = plan.blocks();
    try (var ahead =
        new BlocksAhead<SpanBlock, Integer>(
            context,
            pool,
            blocks,
            ref -> true,
            () -> {
              W work = works.get();
              made.add(work);
              return (block, number, tally) -> {
                show(number, block, work);
                return Optional.of(block.rows());
              };
            })) {
      for (Optional<Integer> next = ahead.next(); next.isPresent(); next = ahead.next()) {
        rows += next.get();
        opened++;
      }
    }
    var cost = new SweepCost(rows, opened, Math.max(0, blocksInRange() - opened));
    return new Swept<>(List.copyOf(made), cost);
  }

  private long blocksInRange() {
    if (scan.conditions().isEmpty()) {
      return plan.blocks().size();
    }
    try (Plan<SpanBlock> all =
        reader.plan(scan(scan.fromNanos(), scan.toNanos(), context, List.of()))) {
      return all.blocks().size();
    }
  }

  private void show(int number, SpanBlock block, Work work) {
    context.check();
    int rows = block.rows();
    var taken = new boolean[rows];
    int count = rows;
    if (isInRange(number) && filter.condition().isEmpty()) {
      Arrays.fill(taken, true);
    } else {
      count = found(number, block, taken).cardinality();
    }
    if (count == 0) {
      return;
    }
    Optional<SpanBlock> few = count < rows ? block.only(rows(taken, count)) : Optional.empty();
    if (few.isPresent()) {
      taken = new boolean[count];
      Arrays.fill(taken, true);
    }
    work.take(number, few.orElse(block), taken, count);
  }

  private boolean isInRange(int number) {
    BlockRef<SpanBlock> ref = plan.blocks().get(number);
    return ref.minNanos() >= scan.fromNanos() && ref.maxNanos() < scan.toNanos();
  }

  /// The rows of a block that count.
  ///
  /// @param taken where these are marked
  private BitSet found(int number, SpanBlock block, boolean[] taken) {
    BitSet known = found.get(number);
    if (known == null) {
      decide(number, block, taken);
      known = new BitSet(taken.length);
      for (int row = 0; row < taken.length; row++) {
        known.set(row, taken[row]);
      }
      context.reserve(known.size() / Byte.SIZE);
      found.put(number, known);
    } else {
      for (int row = known.nextSetBit(0); row >= 0; row = known.nextSetBit(row + 1)) {
        taken[row] = true;
      }
    }
    return known;
  }

  private void decide(int number, SpanBlock block, boolean[] taken) {
    boolean any = true;
    if (isInRange(number)) {
      Arrays.fill(taken, true);
    } else {
      any = false;
      long[] times = block.column(Field.TIME).values();
      for (int row = 0; row < taken.length; row++) {
        taken[row] = times[row] >= scan.fromNanos() && times[row] < scan.toNanos();
        any |= taken[row];
      }
    }
    if (any) {
      filter.condition().ifPresent(condition -> filter(filter, condition, block, taken));
    }
  }

  private static int[] rows(boolean[] taken, int count) {
    var rows = new int[count];
    for (int row = 0, next = 0; next < count; row++) {
      rows[next] = row;
      next += taken[row] ? 1 : 0;
    }
    return rows;
  }

  /// Those of the rows shown that another filter takes as well. Any thread.
  public boolean[] matching(SpanFilter also, SpanBlock block, boolean[] taken) {
    boolean[] matching = taken.clone();
    also.condition().ifPresent(condition -> filter(also, condition, block, matching));
    return matching;
  }

  /// Leaves those of the rows taken that a filter takes as well.
  private void filter(SpanFilter filter, FieldExpr condition, SpanBlock block, boolean[] taken) {
    byte[] verdicts = new BlockFilter(block).decide(condition, taken);
    boolean unsure = false;
    for (int row = 0; row < taken.length; row++) {
      taken[row] &= verdicts[row] != BlockFilter.NO;
      unsure |= taken[row] && verdicts[row] == BlockFilter.PERHAPS;
    }
    if (unsure) {
      new UnsureSpans(reader, context, filter).drop(block, verdicts, taken);
    }
  }

  @Override
  public void close() {
    plan.close();
  }
}
