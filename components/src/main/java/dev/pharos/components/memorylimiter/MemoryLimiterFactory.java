package dev.pharos.components.memorylimiter;

import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.model.SpanBatch;
import dev.pharos.observe.Ledger;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Processor;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;

/// Makes `memory_limiter` processors over the process's ledger.
public final class MemoryLimiterFactory implements Factory.OfProcessor<MemoryLimiterConfig> {
  private final Ledger ledger;

  public MemoryLimiterFactory(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public ComponentDescriptor<MemoryLimiterConfig> descriptor() {
    return ComponentDescriptor.of(
        ComponentKind.PROCESSOR,
        "memory_limiter",
        MemoryLimiterConfig.SCHEMA,
        Stability.BETA,
        Signal.values());
  }

  @Override
  public Processor<SpanBatch> traces(
      Setup setup, MemoryLimiterConfig config, Sink<SpanBatch> next) {
    return new MemoryLimiter<>(ledger, config.limitBytes(ledger.capacityBytes()), next);
  }

  @Override
  public Processor<MetricBatch> metrics(
      Setup setup, MemoryLimiterConfig config, Sink<MetricBatch> next) {
    return new MemoryLimiter<>(ledger, config.limitBytes(ledger.capacityBytes()), next);
  }

  @Override
  public Processor<LogBatch> logs(Setup setup, MemoryLimiterConfig config, Sink<LogBatch> next) {
    return new MemoryLimiter<>(ledger, config.limitBytes(ledger.capacityBytes()), next);
  }
}
