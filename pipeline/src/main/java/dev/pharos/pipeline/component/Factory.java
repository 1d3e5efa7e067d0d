package dev.pharos.pipeline.component;

import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Sink;
import dev.pharos.model.SpanBatch;
import dev.pharos.pipeline.config.service.ComponentDescriptor;

/// Makes components of one type from their configuration. Registered in one visible list.
///
/// @param <C> the configuration record
public sealed interface Factory<C> {
  /// What the configuration needs to know of the type: its names, signals, keys.
  ComponentDescriptor<C> descriptor();

  /// Makes receivers.
  non-sealed interface OfReceiver<C> extends Factory<C> {
    /// @param next of each signal that has a pipeline from this receiver
    Receiver create(Setup setup, C config, Sinks next);
  }

  /// Makes processors, one per pipeline. Signals that the descriptor leaves out are never asked for.
  non-sealed interface OfProcessor<C> extends Factory<C> {
    Processor<SpanBatch> traces(Setup setup, C config, Sink<SpanBatch> next);

    Processor<MetricBatch> metrics(Setup setup, C config, Sink<MetricBatch> next);

    Processor<LogBatch> logs(Setup setup, C config, Sink<LogBatch> next);
  }

  /// Makes exporters.
  non-sealed interface OfExporter<C> extends Factory<C> {
    Exporter create(Setup setup, C config);
  }

  /// Makes connectors.
  non-sealed interface OfConnector<C> extends Factory<C> {
    /// @param next of each signal that has a pipeline from this connector
    Connector create(Setup setup, C config, Sinks next);
  }

  /// Makes extensions.
  non-sealed interface OfExtension<C> extends Factory<C> {
    Extension create(Setup setup, C config);
  }
}
