package dev.pharos.store.blocks;

import dev.pharos.model.LogBatch;
import dev.pharos.model.SpanBatch;

/// The time of a row, by which days, ranges and retention go.
@FunctionalInterface
public interface RowTimes<B> {
  /// A span's start.
  RowTimes<SpanBatch> SPANS = (batch, row) -> batch.startNanos()[row];

  /// A log record's time, or its observed time where it has none.
  RowTimes<LogBatch> LOGS =
      (batch, row) -> {
        long time = batch.timeNanos()[row];
        return time != 0 ? time : batch.observedNanos()[row];
      };

  /// Unix nanoseconds.
  long timeNanos(B batch, int row);
}
