package dev.pharos.components.debug;

import dev.pharos.model.Signal;
import dev.pharos.pipeline.component.Exporter;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.component.Setup;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import dev.pharos.pipeline.config.service.ComponentKind;
import dev.pharos.pipeline.config.service.Stability;

/// Makes `debug` and `logging` exporters.
public final class DebugFactory implements Factory.OfExporter<DebugConfig> {
  private final ComponentDescriptor<DebugConfig> descriptor;

  private DebugFactory(ComponentDescriptor<DebugConfig> descriptor) {
    this.descriptor = descriptor;
  }

  public static DebugFactory debug() {
    return new DebugFactory(
        ComponentDescriptor.of(
            ComponentKind.EXPORTER, "debug", DebugConfig.SCHEMA, Stability.ALPHA, Signal.values()));
  }

  /// The name and keys that `debug` had before the Collector dropped them.
  public static DebugFactory logging() {
    return new DebugFactory(
        ComponentDescriptor.of(
                ComponentKind.EXPORTER,
                "logging",
                DebugConfig.LOGGING_SCHEMA,
                Stability.DEPRECATED,
                Signal.values())
            .replacedBy("debug"));
  }

  @Override
  public ComponentDescriptor<DebugConfig> descriptor() {
    return descriptor;
  }

  @Override
  public Exporter create(Setup setup, DebugConfig config) {
    return new DebugExporter(setup.owner(), config, setup.clock());
  }
}
