package dev.pharos.store.blocks;

import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import dev.pharos.model.binary.BatchAppender;
import dev.pharos.model.binary.Batches;
import dev.pharos.store.read.BlockRef;
import dev.pharos.store.read.Condition;
import dev.pharos.store.read.Plan;
import dev.pharos.store.read.Scan;
import dev.pharos.store.read.SpanBlock;
import dev.pharos.store.read.TraceReader;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Reads spans of head and segments. Any thread.
public final class StoredTraces implements TraceReader {
  private final BlockData<SpanBatch, SpanBlock> data;
  private final LongSupplier earliestNanos;

  /// @param earliestNanos spans that start before are past retention
  public StoredTraces(BlockData<SpanBatch, SpanBlock> data, LongSupplier earliestNanos) {
    this.data = data;
    this.earliestNanos = earliestNanos;
  }

  @Override
  public Plan<SpanBlock> plan(Scan scan) {
    return BlockPlan.of(data, scan, earliestNanos.getAsLong());
  }

  @Override
  public List<SpanBatch> traces(
      Tenant tenant, List<Condition.OfTrace> traces, long fromNanos, long toNanos) {
    long from = Math.max(fromNanos, earliestNanos.getAsLong());
    Condition any =
        traces.size() == 1 ? traces.getFirst() : new Condition.AnyOf(List.copyOf(traces));
    var scan = new Scan(tenant, from, toNanos, Scan.Order.OLDEST_FIRST, List.of(any));
    List<BatchAppender<SpanBatch>> found =
        traces.stream().map(trace -> Batches.appender(new SpanBatch())).toList();
    try (Plan<SpanBlock> plan = plan(scan)) {
      for (BlockRef<SpanBlock> ref : plan.blocks()) {
        Optional<SpanBlock> block = ref.open();
        for (int i = 0; block.isPresent() && i < found.size(); i++) {
          Condition.OfTrace trace = traces.get(i);
          collect(block.get(), trace.traceHi(), trace.traceLo(), from, toNanos, found.get(i));
        }
      }
    }
    return found.stream().map(one -> SpanRows.orderedOnce(one.target())).toList();
  }

  private static void collect(
      SpanBlock block,
      long traceHi,
      long traceLo,
      long from,
      long to,
      BatchAppender<SpanBatch> found) {
    int[] rows = block.rowsOf(traceHi, traceLo);
    if (rows.length == 0) {
      return;
    }
    SpanBatch spans = block.materialize(rows, rows.length);
    for (int row = 0; row < spans.rows(); row++) {
      if (spans.startNanos()[row] >= from && spans.startNanos()[row] < to) {
        found.append(spans, row, row + 1);
      }
    }
  }
}
