package dev.pharos.pipeline.config.service;

import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.ConfigNode;
import dev.pharos.pipeline.config.Position;

/// One configured component.
///
/// @param id as the user wrote it
/// @param position where its key stands
/// @param node its body, references replaced; null nodes stay
/// @param settings the record its schema made
/// @param required an exporter's `required: true`: its refusal refuses the sender
public record ComponentConfig(
    ComponentId id,
    ComponentDescriptor<?> descriptor,
    Position position,
    ConfigNode node,
    Object settings,
    boolean required) {
  public ComponentKind kind() {
    return descriptor.kind();
  }

  /// The id with the canonical type: the name under which a component keeps state, whatever spelling the user has.
  public ComponentId canonicalId() {
    return id.withType(descriptor.type());
  }

  /// The settings as the record `type`.
  ///
  /// @throws ClassCastException if the schema makes another record
  public <C> C settings(Class<C> type) {
    return type.cast(settings);
  }

  /// Where it stands in the configuration: `exporters::otlp/2`.
  public String path() {
    return kind().section() + "::" + id;
  }
}
