package dev.pharos.query.traceql;

import dev.pharos.model.Tenant;
import dev.pharos.query.BlocksAhead;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Stage;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Field;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.TraceReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Tries the filters of a search against all spans of a time range, block by block from the newest. Blocks are read and
/// filtered on the pool, some ahead. One thread.
final class SpanScan {
  private final TraceReader reader;
  private final ScanPool pool;
  private final QueryContext context;
  private final SearchPlan plan;
  private long inspected;

  /// Spans that start before it are in no trace of the answer: there are enough that have later ones. It only rises.
  private volatile long leastNanos = Long.MIN_VALUE;

  /// Whether a filter found spans of which only the whole trace can tell.
  private boolean perhaps;

  /// The spans of a block that some filters may take, with the bits of these filters.
  private record Filtered(
      long[] traceHi, long[] traceLo, long[] times, int[] bits, boolean perhaps) {}

  SpanScan(TraceReader reader, ScanPool pool, QueryContext context, SearchPlan plan) {
    this.reader = reader;
    this.pool = pool;
    this.context = context;
    this.plan = plan;
  }

  CandidateTraces run(SearchRequest request) {
    var candidates = new CandidateTraces(context);
    var scan =
        new Scan(
            new Tenant(context.tenant()),
            request.startNanos(),
            request.endNanos(),
            Scan.Order.NEWEST_FIRST,
            plan.conditions());
    try (Plan<SpanBlock> blocks = reader.plan(scan);
        var ahead =
            new BlocksAhead<SpanBlock, Filtered>(
                context,
                pool,
                blocks.blocks(),
                ref -> ref.maxNanos() >= leastNanos,
                () ->
                    (block, number, tally) ->
                        filter(blocks.blocks().get(number), block, request, tally))) {
      for (Optional<Filtered> next = ahead.next(); next.isPresent(); next = ahead.next()) {
        Filtered filtered = next.get();
        perhaps |= filtered.perhaps();
        for (int i = 0; i < filtered.bits().length; i++) {
          candidates.add(
              filtered.traceHi()[i],
              filtered.traceLo()[i],
              filtered.bits()[i],
              filtered.times()[i]);
        }
        // Each of these traces is in the answer if there is room, so the newest of them push out
        // whatever has no later span.
        if (plan.isSingleFilter() && !perhaps) {
          leastNanos = candidates.keepNewest(request.limit(), leastNanos);
        }
      }
      inspected = ahead.total().rows();
    }
    return candidates;
  }

  private Optional<Filtered> filter(
      BlockRef<SpanBlock> ref, SpanBlock block, SearchRequest request, BlocksAhead.Tally tally) {
    context.check();
    int rows = block.rows();
    tally.add(rows, 0);
    long least = Math.max(request.startNanos(), leastNanos);
    var open = new boolean[rows];
    if (ref.minNanos() >= least && ref.maxNanos() < request.endNanos()) {
      Arrays.fill(open, true);
      return filter(block, open);
    }
    long[] times = block.column(Field.TIME).values();
    var within = new int[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      open[row] = times[row] >= least && times[row] < request.endNanos();
      if (open[row]) {
        within[count++] = row;
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    Optional<SpanBlock> few = block.only(Arrays.copyOf(within, count));
    if (few.isEmpty()) {
      return filter(block, open);
    }
    open = new boolean[count];
    Arrays.fill(open, true);
    return filter(few.get(), open);
  }

  private Optional<Filtered> filter(SpanBlock block, boolean[] open) {
    int rows = block.rows();
    var bits = new int[rows];
    boolean unsure = false;
    var filter = new BlockFilter(block);
    List<Stage.Filter> filters = plan.filters();
    for (int i = 0; i < filters.size(); i++) {
      byte[] verdicts;
      if (filters.get(i).condition().isPresent()) {
        verdicts = filter.decide(filters.get(i).condition().get(), open);
      } else {
        verdicts = new byte[rows];
        Arrays.fill(verdicts, BlockFilter.YES);
      }
      for (int row = 0; row < rows; row++) {
        if (open[row] && verdicts[row] != BlockFilter.NO) {
          bits[row] |= 1 << i;
          unsure |= verdicts[row] == BlockFilter.PERHAPS;
        }
      }
    }
    return found(block, bits, unsure);
  }

  private static Optional<Filtered> found(SpanBlock block, int[] bits, boolean unsure) {
    var rows = new int[bits.length];
    int count = 0;
    for (int row = 0; row < bits.length; row++) {
      if (bits[row] != 0) {
        bits[count] = bits[row];
        rows[count++] = row;
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    rows = Arrays.copyOf(rows, count);
    Optional<SpanBlock> few = block.only(rows);
    return Optional.of(
        new Filtered(
            values(Field.TRACE_HI, block, rows, few),
            values(Field.TRACE_LO, block, rows, few),
            values(Field.TIME, block, rows, few),
            Arrays.copyOf(bits, count),
            unsure));
  }

  private static long[] values(Field field, SpanBlock block, int[] rows, Optional<SpanBlock> few) {
    if (few.isPresent()) {
      return few.get().column(field).values();
    }
    long[] all = block.column(field).values();
    var values = new long[rows.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = all[rows[i]];
    }
    return values;
  }

  long inspectedSpans() {
    return inspected;
  }
}
