package dev.pharos.pipeline.config.service;

import java.util.List;
import java.util.Optional;

/// The types of components that this program has.
@FunctionalInterface
public interface ComponentCatalog {
  /// All of them, in any order.
  List<ComponentDescriptor<?>> components();

  /// The types of one kind, in the same order.
  default List<ComponentDescriptor<?>> components(ComponentKind kind) {
    return components().stream()
        .<ComponentDescriptor<?>>map(c -> c)
        .filter(c -> c.kind() == kind)
        .toList();
  }

  /// The type called `name` by its canonical or an old name.
  default Optional<ComponentDescriptor<?>> find(ComponentKind kind, String name) {
    for (ComponentDescriptor<?> component : components()) {
      if (component.kind() == kind && component.isNamed(name)) {
        return Optional.of(component);
      }
    }
    return Optional.empty();
  }
}
