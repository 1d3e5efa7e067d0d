package dev.pharos.pipeline.component;

import dev.pharos.pipeline.config.service.ComponentCatalog;
import dev.pharos.pipeline.config.service.ComponentDescriptor;
import java.util.List;

/// All component types of the program, in one visible list.
public record Factories(List<Factory<?>> all) implements ComponentCatalog {
  public Factories {
    all = List.copyOf(all);
  }

  @Override
  public List<ComponentDescriptor<?>> components() {
    return all.stream().<ComponentDescriptor<?>>map(Factory::descriptor).toList();
  }

  /// The factory behind a descriptor of this catalog.
  public Factory<?> of(ComponentDescriptor<?> descriptor) {
    for (Factory<?> factory : all) {
      ComponentDescriptor<?> own = factory.descriptor();
      if (own.kind() == descriptor.kind() && own.type().equals(descriptor.type())) {
        return factory;
      }
    }
    throw new IllegalArgumentException(
        "component: "
            + descriptor.kind().label()
            + " "
            + descriptor.type()
            + " (expected: one of this catalog)");
  }
}
