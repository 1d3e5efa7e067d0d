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

/// Makes `resource` processors.
public final class ResourceFactory implements Factory.OfProcessor<ResourceConfig> {
  @Override
  public ComponentDescriptor<ResourceConfig> descriptor() {
    return ComponentDescriptor.of(
        ComponentKind.PROCESSOR,
        "resource",
        ResourceConfig.SCHEMA,
        Stability.BETA,
        Signal.values());
  }

  @Override
  public Processor<SpanBatch> traces(Setup setup, ResourceConfig config, Sink<SpanBatch> next) {
    return new ResourceAttributes<>(config, SpanEditor::over, next);
  }

  @Override
  public Processor<MetricBatch> metrics(
      Setup setup, ResourceConfig config, Sink<MetricBatch> next) {
    return new ResourceAttributes<>(config, MetricEditor::over, next);
  }

  @Override
  public Processor<LogBatch> logs(Setup setup, ResourceConfig config, Sink<LogBatch> next) {
    return new ResourceAttributes<>(config, LogEditor::over, next);
  }
}
