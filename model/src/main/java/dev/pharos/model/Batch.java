package dev.pharos.model;

/// What all three batches share, for the parts that only pass batches on.
public sealed interface Batch permits SpanBatch, LogBatch, MetricBatch {
  Signal signal();

  /// Spans, log records or data points.
  int items();

  Symbols symbols();

  ResourceTable resources();

  ScopeTable scopes();

  /// Heap bytes held, within some percent.
  long sizeBytes();
}
