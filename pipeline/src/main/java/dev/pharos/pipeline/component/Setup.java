package dev.pharos.pipeline.component;

import dev.pharos.observe.Registry;
import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.Position;
import java.time.Clock;
import java.util.Optional;

/// What every component is given when it is made.
///
/// @param id as the user wrote it, with the modern spelling of its type
/// @param position of its configuration
/// @param extensions those made before
public record Setup(
    ComponentId id, Position position, Registry registry, Clock clock, Extensions extensions) {
  /// The id with its place, for messages: `otlp/a (gateway.yaml:3:5)`.
  public String owner() {
    return id + " (" + position + ")";
  }

  /// Looks up extensions.
  @FunctionalInterface
  public interface Extensions {
    /// The running extension of this id; without an id the only one of that class.
    ///
    /// @throws ComponentException if there is none
    <E extends Extension> E find(Class<E> type, Optional<ComponentId> id);
  }
}
