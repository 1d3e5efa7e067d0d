package dev.pharos.pipeline.graph;

import dev.pharos.model.Signal;
import dev.pharos.pipeline.component.Factory;
import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.Position;
import java.util.List;
import java.util.Map;

/// A validated configuration, ready to be built: every reference resolves and every configuration is decoded.
///
/// @param extensions in their start order
/// @param pipelines by their id (`traces`, `logs/audit`), in the order of the configuration
public record Blueprint(
    List<Part<Factory.OfExtension<?>>> extensions,
    Map<ComponentId, Part<Factory.OfReceiver<?>>> receivers,
    Map<ComponentId, Part<Factory.OfProcessor<?>>> processors,
    Map<ComponentId, Part<Factory.OfExporter<?>>> exporters,
    Map<ComponentId, Part<Factory.OfConnector<?>>> connectors,
    Map<String, Pipeline> pipelines) {
  /// One configured component.
  ///
  /// @param config what the factory's schema decoded
  public record Part<F extends Factory<?>>(ComponentId id, Position position, F factory, Object config) {}

  /// One pipeline; receivers and exporters may be connectors.
  public record Pipeline(
      Signal signal, List<ComponentId> receivers, List<ComponentId> processors, List<ComponentId> exporters) {}
}
