package dev.pharos.pipeline.graph;

import dev.pharos.model.Batch;
import dev.pharos.model.Signal;
import dev.pharos.pipeline.component.Component;
import dev.pharos.pipeline.component.Extension;
import dev.pharos.pipeline.config.ComponentId;
import dev.pharos.pipeline.config.service.ComponentConfig;
import dev.pharos.pipeline.config.service.ComponentKind;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// A component of a graph, with all it was made of: where the next configuration asks for the same, it stays.
///
/// @param owner the component's id with its position, as it was told when it was made
/// @param uses the extensions that it has asked for
/// @param next what comes after it, by signal
record Node(
    Key key,
    String owner,
    ComponentConfig part,
    Component component,
    Set<Extension> uses,
    Map<Signal, Junction<Batch>> next) {
  /// Which component of a graph: a processor is made once for each pipeline.
  ///
  /// @param pipeline of a processor, otherwise empty
  record Key(ComponentKind kind, ComponentId id, String pipeline) {}

  /// What comes after it; of a signal that it passes on.
  Junction<Batch> after(Signal signal) {
    Junction<Batch> junction = next.get(signal);
    if (junction == null) {
      throw new IllegalStateException(owner + " passes no " + signal.label() + " on");
    }
    return junction;
  }

  /// Whether this component is what `wanted` would be made into.
  ///
  /// @param extensions those of the new graph
  boolean serves(ComponentConfig wanted, Set<Signal> signals, Collection<Extension> extensions) {
    return part.descriptor().type().equals(wanted.descriptor().type())
        && part.settings().equals(wanted.settings())
        && next.keySet().equals(signals)
        && extensions.containsAll(uses);
  }
}
