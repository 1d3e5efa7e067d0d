package dev.pharos.store.read;

import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;
import java.util.List;

/// Reads spans. Any thread.
public interface TraceReader {
  /// All spans of a trace that start in the range (`toNanos` exclusive), ordered by start, then span id; identical
  /// spans once. Empty if there is none.
  default SpanBatch trace(Tenant tenant, long traceHi, long traceLo, long fromNanos, long toNanos) {
    return traces(tenant, List.of(new Condition.OfTrace(traceHi, traceLo)), fromNanos, toNanos)
        .getFirst();
  }

  /// As [#trace], of several traces: a batch for each, all of one snapshot.
  List<SpanBatch> traces(
      Tenant tenant, List<Condition.OfTrace> traces, long fromNanos, long toNanos);

  Plan<SpanBlock> plan(Scan scan);
}
