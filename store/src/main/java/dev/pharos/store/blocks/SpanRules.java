package dev.pharos.store.blocks;

import dev.pharos.model.SpanBatch;
import dev.pharos.observe.Cause;
import dev.pharos.store.engine.Rejections;
import dev.pharos.store.engine.RowLimits;
import dev.pharos.store.engine.RowRules;

/// Rejects spans by time and size.
public final class SpanRules implements RowRules<SpanBatch> {
  @Override
  public void check(SpanBatch batch, RowLimits limits, Rejections into) {
    long[] starts = batch.startNanos();
    for (int row = 0; row < batch.rows(); row++) {
      if (!limits.takes(starts[row])) {
        limits.rejectTime(row, starts[row], "span start", into);
      }
    }
    if (ItemSize.mayPass(batch, limits.maxItemBytes())) {
      for (int row = 0; row < batch.rows(); row++) {
        long bytes = bytes(batch, row);
        if (bytes > limits.maxItemBytes()) {
          into.reject(
              row,
              Cause.TOO_LARGE,
              "span of " + bytes + " bytes (limit: " + limits.maxItemBytes() + ")");
        }
      }
    }
  }

  @Override
  public SpanBatch arrange(SpanBatch batch) {
    return TraceRuns.arrange(batch);
  }

  private static long bytes(SpanBatch batch, int row) {
    long bytes =
        batch.symbols().length(batch.name()[row])
            + batch.symbols().length(batch.statusMessage()[row])
            + batch.symbols().length(batch.traceState()[row])
            + ItemSize.attributes(batch.symbols(), batch.attributes(), row);
    for (int i = row == 0 ? 0 : batch.eventEnds()[row - 1]; i < batch.eventEnds()[row]; i++) {
      bytes +=
          16
              + batch.symbols().length(batch.events().name()[i])
              + ItemSize.attributes(batch.symbols(), batch.events().attributes(), i);
    }
    for (int i = row == 0 ? 0 : batch.linkEnds()[row - 1]; i < batch.linkEnds()[row]; i++) {
      bytes +=
          24
              + batch.symbols().length(batch.links().traceState()[i])
              + ItemSize.attributes(batch.symbols(), batch.links().attributes(), i);
    }
    return bytes;
  }
}
