package dev.pharos.store.blocks;

import dev.pharos.model.LogBatch;
import dev.pharos.model.ValueType;
import dev.pharos.observe.Cause;
import dev.pharos.store.engine.Rejections;
import dev.pharos.store.engine.RowLimits;
import dev.pharos.store.engine.RowRules;

/// Rejects log records by time and size. One without any time gets that of its arrival and passes.
public final class LogRules implements RowRules<LogBatch> {
  @Override
  public void check(LogBatch batch, RowLimits limits, Rejections into) {
    for (int row = 0; row < batch.rows(); row++) {
      long time = RowTimes.LOGS.timeNanos(batch, row);
      if (time != 0 && !limits.takes(time)) {
        limits.rejectTime(
            row,
            time,
            batch.timeNanos()[row] != 0 ? "log record time" : "log record observed time",
            into);
      }
    }
    if (ItemSize.mayPass(batch, limits.maxItemBytes())) {
      for (int row = 0; row < batch.rows(); row++) {
        long bytes = bytes(batch, row);
        if (bytes > limits.maxItemBytes()) {
          into.reject(
              row,
              Cause.TOO_LARGE,
              "log record of " + bytes + " bytes (limit: " + limits.maxItemBytes() + ")");
        }
      }
    }
  }

  private static long bytes(LogBatch batch, int row) {
    int body =
        ValueType.isSymbol(batch.bodyType()[row])
            ? batch.symbols().length((int) batch.body()[row])
            : 8;
    return body
        + batch.symbols().length(batch.severityText()[row])
        + batch.symbols().length(batch.eventName()[row])
        + ItemSize.attributes(batch.symbols(), batch.attributes(), row);
  }
}
