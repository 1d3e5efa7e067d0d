package dev.pharos.store.engine;

import dev.pharos.model.SpanBatch;

/// Batches of spans with given ids, for tests.
public final class TestSpans {
  private TestSpans() {}

  /// Spans `firstId` up to `firstId + count - 1`, starting at `startNanos` one nanosecond after another.
  public static SpanBatch of(long firstId, int count, long startNanos) {
    var batch = new SpanBatch(count);
    batch
        .resources()
        .attributes()
        .add(
            batch.symbols().intern("service.name"),
            dev.pharos.model.ValueType.STRING,
            batch.symbols().intern("shop"));
    batch.resources().add(0, 0, 0);
    batch.scopes().add(0, 0, 0, 0);
    for (int i = 0; i < count; i++) {
      int row = batch.addRow();
      batch.traceHi()[row] = 7;
      batch.traceLo()[row] = 1 + (firstId + i) / 10;
      batch.spanId()[row] = firstId + i;
      batch.startNanos()[row] = startNanos + i;
      batch.endNanos()[row] = startNanos + i + 1000;
      batch.name()[row] = batch.symbols().intern("GET /" + (firstId + i) % 5);
      batch.attributes().endParent();
    }
    return batch;
  }
}
