package dev.pharos.query.traceql;

import dev.pharos.model.Tenant;
import dev.pharos.query.BlocksAhead;
import dev.pharos.query.QueryContext;
import dev.pharos.query.ScanPool;
import dev.pharos.query.traceql.syntax.TraceqlQuery.Stage;
import dev.pharos.store.read.Column;
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

  /// Whether a filter found spans of which only the whole trace can tell.
  private boolean perhaps;

  /// The spans of a block that some filters may take.
  ///
  /// @param bits for each row, the filters
  private record Filtered(SpanBlock block, int[] bits, boolean perhaps) {}

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
                ref -> !enough(candidates, ref.maxNanos(), request.limit()),
                () -> (block, number, tally) -> filter(block, request, tally))) {
      for (Optional<Filtered> next = ahead.next(); next.isPresent(); next = ahead.next()) {
        Filtered filtered = next.get();
        perhaps |= filtered.perhaps();
        collect(filtered.block(), filtered.bits(), candidates);
      }
      inspected = ahead.total().rows();
    }
    return candidates;
  }

  /// Whether no block that is left can bring a newer trace: it may hold none later than its greatest time.
  private boolean enough(CandidateTraces candidates, long maxNanos, int limit) {
    return plan.isSingleFilter()
        && !perhaps
        && candidates.size() >= limit
        && candidates.countAfter(maxNanos) >= limit;
  }

  private Optional<Filtered> filter(
      SpanBlock block, SearchRequest request, BlocksAhead.Tally tally) {
    context.check();
    int rows = block.rows();
    tally.add(rows, 0);
    long[] times = block.column(Field.TIME).values();
    var open = new boolean[rows];
    int within = 0;
    for (int row = 0; row < rows; row++) {
      open[row] = times[row] >= request.startNanos() && times[row] < request.endNanos();
      within += open[row] ? 1 : 0;
    }
    if (within == 0) {
      return Optional.empty();
    }
    var bits = new int[rows];
    boolean any = false;
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
          any = true;
          unsure |= verdicts[row] == BlockFilter.PERHAPS;
        }
      }
    }
    return any ? Optional.of(new Filtered(block, bits, unsure)) : Optional.empty();
  }

  private static void collect(SpanBlock block, int[] bits, CandidateTraces candidates) {
    Column hi = block.column(Field.TRACE_HI);
    Column lo = block.column(Field.TRACE_LO);
    long[] times = block.column(Field.TIME).values();
    for (int row = 0; row < bits.length; row++) {
      if (bits[row] != 0) {
        candidates.add(hi.value(row), lo.value(row), bits[row], times[row]);
      }
    }
  }

  long inspectedSpans() {
    return inspected;
  }
}
