package dev.pharos.pipeline.graph;

import dev.pharos.pipeline.component.Component;
import dev.pharos.pipeline.component.Extension;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Built pipelines. [#start] runs extensions, then exporters, connectors, processors and receivers; [#stop] goes the
/// other way, so that nothing is handed to a component that has stopped. One thread.
public final class Graph {
  private static final Logger LOG = LoggerFactory.getLogger(Graph.class);

  private final List<Component> inStartOrder;
  private final List<Extension> extensions;
  private final List<String> notes;
  private final List<Component> running = new ArrayList<>();

  Graph(List<Component> inStartOrder, List<Extension> extensions, List<String> notes) {
    this.inStartOrder = List.copyOf(inStartOrder);
    this.extensions = List.copyOf(extensions);
    this.notes = List.copyOf(notes);
  }

  /// Starts every component; if one cannot start, those before it are stopped again.
  ///
  /// @throws dev.pharos.pipeline.component.ComponentException of the component that cannot start
  public void start() {
    notes.forEach(note -> LOG.info("{}", note));
    try {
      for (Component component : inStartOrder) {
        component.start();
        running.add(component);
      }
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  /// Tells the extensions that everything runs.
  public void ready() {
    extensions.forEach(Extension::ready);
  }

  public void stop() {
    for (Component component : running.reversed()) {
      try {
        component.stop();
      } catch (RuntimeException e) {
        LOG.error("a component could not be stopped", e);
      }
    }
    running.clear();
  }

  /// Where a sender is answered before its data is durable, one sentence a pipeline.
  public List<String> notes() {
    return notes;
  }
}
