package dev.pharos.store.append;

import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Sink;
import dev.pharos.model.SpanBatch;

/// Where the store takes batches. A parcel's acknowledgement is answered `done` when its items are durable and every
/// query sees them; items that break a rule of the store are rejected alone before that. Any thread.
public interface StoreSinks {
  Sink<SpanBatch> traces();

  Sink<MetricBatch> metrics();

  Sink<LogBatch> logs();
}
