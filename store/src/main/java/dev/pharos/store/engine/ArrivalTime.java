package dev.pharos.store.engine;

import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.SpanBatch;

/// The time of log records that came without any: that of their arrival, kept as their observed time.
final class ArrivalTime {
  private ArrivalTime() {}

  static boolean isMissing(Batch batch) {
    return switch (batch) {
      case LogBatch logs -> isMissing(logs);
      case SpanBatch ignored -> false;
      case MetricBatch ignored -> false;
    };
  }

  private static boolean isMissing(LogBatch logs) {
    for (int i = 0; i < logs.rows(); i++) {
      if ((logs.timeNanos()[i] | logs.observedNanos()[i]) == 0) {
        return true;
      }
    }
    return false;
  }

  /// Sets it in a batch that nobody else has yet.
  static void fill(Batch batch, long nowNanos) {
    if (batch instanceof LogBatch logs) {
      for (int i = 0; i < logs.rows(); i++) {
        if ((logs.timeNanos()[i] | logs.observedNanos()[i]) == 0) {
          logs.observedNanos()[i] = nowNanos;
        }
      }
    }
  }
}
