package dev.pharos.components.attributes;

import dev.pharos.model.LogBatch;
import dev.pharos.model.MetricBatch;
import dev.pharos.model.Signal;
import dev.pharos.model.Sink;
import dev.pharos.model.SpanBatch;
import dev.pharos.model.edit.LogEditor;
import dev.pharos.model.edit.MetricEditor;
import dev.pharos.model.edit.SpanEditor;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Processor;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;

/// Makes `attributes` processors.
public final class AttributesFactory implements Factory.OfProcessor<AttributesConfig> {
  @Override
  public ComponentDescriptor<AttributesConfig> descriptor() {
    return ComponentDescriptor.of(
        ComponentKind.PROCESSOR,
        "attributes",
        AttributesConfig.SCHEMA,
        Stability.BETA,
        Signal.values());
  }

  @Override
  public Processor<SpanBatch> traces(Setup setup, AttributesConfig config, Sink<SpanBatch> next) {
    check(setup, config, Signal.TRACES);
    return new ItemAttributes<>(config, SpanEditor::over, next);
  }

  @Override
  public Processor<MetricBatch> metrics(
      Setup setup, AttributesConfig config, Sink<MetricBatch> next) {
    check(setup, config, Signal.METRICS);
    return new ItemAttributes<>(config, MetricEditor::over, next);
  }

  @Override
  public Processor<LogBatch> logs(Setup setup, AttributesConfig config, Sink<LogBatch> next) {
    check(setup, config, Signal.LOGS);
    return new ItemAttributes<>(config, LogEditor::over, next);
  }

  private static void check(Setup setup, AttributesConfig config, Signal signal) {
    config.include().ifPresent(include -> include.checkFor(signal, setup.owner()));
    config.exclude().ifPresent(exclude -> exclude.checkFor(signal, setup.owner()));
  }
}
