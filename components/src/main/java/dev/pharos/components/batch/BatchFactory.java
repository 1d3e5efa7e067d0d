package dev.pharos.components.batch;

import dev.pharos.model.Batch;
import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.model.SpanBatch;
import dev.pharos.observe.Account;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Processor;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;

/// Makes `batch` processors.
public final class BatchFactory implements Factory.OfProcessor<BatchConfig> {
  private final Account memory;

  /// @param memory charged with what waits to be joined
  public BatchFactory(Account memory) {
    this.memory = memory;
  }

  @Override
  public ComponentDescriptor<BatchConfig> descriptor() {
    return ComponentDescriptor.of(
        ComponentKind.PROCESSOR, "batch", BatchConfig.SCHEMA, Stability.BETA, Signal.values());
  }

  @Override
  public Processor<SpanBatch> traces(Setup setup, BatchConfig config, Sink<SpanBatch> next) {
    return batcher(setup, config, next);
  }

  @Override
  public Processor<MetricBatch> metrics(Setup setup, BatchConfig config, Sink<MetricBatch> next) {
    return batcher(setup, config, next);
  }

  @Override
  public Processor<LogBatch> logs(Setup setup, BatchConfig config, Sink<LogBatch> next) {
    return batcher(setup, config, next);
  }

  private <B extends Batch> Batcher<B> batcher(Setup setup, BatchConfig config, Sink<B> next) {
    return new Batcher<>(setup.owner(), config, memory, next, System::nanoTime);
  }
}
