package dev.pharos.model;

/// What all three batches share.
public sealed interface Batch permits SpanBatch, LogBatch, MetricBatch {
  Signal signal();

  /// Spans, log records or data points.
  int items();

  /// Spans, log records or metrics.
  int rows();

  /// The Resource of each row.
  int[] resource();

  /// The scope of each row.
  int[] scope();

  /// Takes back the rows from `count` on, with all that hangs on them, while the batch is still being built.
  void truncate(int count);

  Symbols symbols();

  ResourceTable resources();

  ScopeTable scopes();

  /// Heap bytes held, within some percent.
  long sizeBytes();
}
