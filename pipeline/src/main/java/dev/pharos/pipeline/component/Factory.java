package dev.pharos.pipeline.component;

import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.model.SpanBatch;
import dev.pharos.pipeline.config.schema.ConfigSchema;
import java.util.Set;

/// Makes components of one type from their configuration. Registered in one visible list.
///
/// @param <C> the configuration record
public sealed interface Factory<C> {
  /// The modern spelling: `otlp_http`.
  String type();

  /// Old spellings that go on working, with a warning.
  default Set<String> oldTypes() {
    return Set.of();
  }

  /// The signals it can be used for; of a connector those it takes. Empty for extensions.
  Set<Signal> signals();

  ConfigSchema<C> schema();

  /// Makes receivers.
  non-sealed interface OfReceiver<C> extends Factory<C> {
    /// @param next of each signal that has a pipeline from this receiver
    Receiver create(Setup setup, C config, Sinks next);
  }

  /// Makes processors, one per pipeline. The signals that [#signals()] leaves out are never asked for.
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
    /// The signals it can give for one that it takes.
    Set<Signal> gives(Signal taken);

    /// @param next of each signal that has a pipeline from this connector
    Connector create(Setup setup, C config, Sinks next);
  }

  /// Makes extensions.
  non-sealed interface OfExtension<C> extends Factory<C> {
    Extension create(Setup setup, C config);

    @Override
    default Set<Signal> signals() {
      return Set.of();
    }
  }
}
