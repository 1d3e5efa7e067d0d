package dev.pharos.pipeline.component;

import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.model.SpanBatch;
import java.util.Optional;

/// A sink for each signal that is wanted here; a signal without one has no pipeline.
public record Sinks(
    Optional<Sink<SpanBatch>> traces,
    Optional<Sink<MetricBatch>> metrics,
    Optional<Sink<LogBatch>> logs) {
  public static final Sinks NONE = new Sinks(Optional.empty(), Optional.empty(), Optional.empty());

  public static Sinks of(Sink<SpanBatch> traces, Sink<MetricBatch> metrics, Sink<LogBatch> logs) {
    return new Sinks(Optional.of(traces), Optional.of(metrics), Optional.of(logs));
  }

  /// The sink of a signal for code that does not care which.
  @SuppressWarnings("unchecked")
  public Optional<Sink<Batch>> of(Signal signal) {
    Optional<?> sink =
        switch (signal) {
          case TRACES -> traces;
          case METRICS -> metrics;
          case LOGS -> logs;
        };
    return (Optional<Sink<Batch>>) sink;
  }

  /// These sinks with one put in place; `sink` must take batches of `signal`.
  @SuppressWarnings("unchecked")
  public Sinks with(Signal signal, Sink<? extends Batch> sink) {
    return switch (signal) {
      case TRACES -> new Sinks(Optional.of((Sink<SpanBatch>) sink), metrics, logs);
      case METRICS -> new Sinks(traces, Optional.of((Sink<MetricBatch>) sink), logs);
      case LOGS -> new Sinks(traces, metrics, Optional.of((Sink<LogBatch>) sink));
    };
  }
}
