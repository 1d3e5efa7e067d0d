package dev.pharos.pipeline.config.service;

import dev.pharos.pipeline.config.ComponentId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A configuration that has been decoded and checked: every reference leads to a component that supports the signal.
/// Maps and lists keep the order in which they were written.
///
/// @param serviceExtensions the extensions to start, in order
/// @param tenants whether requests name their tenant; otherwise everything is of one
/// @param unused configured components that nothing mentions
public record ServiceConfig(
    Map<ComponentId, ComponentConfig> receivers,
    Map<ComponentId, ComponentConfig> processors,
    Map<ComponentId, ComponentConfig> exporters,
    Map<ComponentId, ComponentConfig> connectors,
    Map<ComponentId, ComponentConfig> extensions,
    List<Reference> serviceExtensions,
    Map<PipelineId, PipelineConfig> pipelines,
    TelemetrySettings telemetry,
    boolean tenants,
    Set<ComponentConfig> unused) {
  public ServiceConfig {
    receivers = ordered(receivers);
    processors = ordered(processors);
    exporters = ordered(exporters);
    connectors = ordered(connectors);
    extensions = ordered(extensions);
    serviceExtensions = List.copyOf(serviceExtensions);
    pipelines = ordered(pipelines);
    unused = Set.copyOf(unused);
  }

  /// The same with other pipelines.
  public ServiceConfig with(Map<PipelineId, PipelineConfig> others) {
    return new ServiceConfig(
        receivers,
        processors,
        exporters,
        connectors,
        extensions,
        serviceExtensions,
        others,
        telemetry,
        tenants,
        unused);
  }

  /// The components of one kind.
  public Map<ComponentId, ComponentConfig> components(ComponentKind kind) {
    return switch (kind) {
      case RECEIVER -> receivers;
      case PROCESSOR -> processors;
      case EXPORTER -> exporters;
      case CONNECTOR -> connectors;
      case EXTENSION -> extensions;
    };
  }

  /// The component of `kind` with `id`.
  public Optional<ComponentConfig> component(ComponentKind kind, ComponentId id) {
    return Optional.ofNullable(components(kind).get(id));
  }

  private static <K, V> Map<K, V> ordered(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
