package dev.pharos.store.read;

import dev.pharos.model.SpanBatch;
import dev.pharos.model.Tenant;

/// Reads spans. Any thread.
public interface TraceReader {
  /// All spans of a trace that start in the range (`toNanos` exclusive), ordered by start, then span id; identical
  /// spans once. Empty if there is none.
  SpanBatch trace(Tenant tenant, long traceHi, long traceLo, long fromNanos, long toNanos);

  Plan<SpanBlock> plan(Scan scan);
}
