package dev.pharos.pipeline.component;

import java.util.List;

/// The end of pipelines: one instance, shared by all that name it.
public interface Exporter extends Component {
  /// The signals it takes.
  Sinks sinks();

  Durability durability();

  /// How its sending goes, of each signal; empty if it sends at once or nowhere.
  default List<Sending> sending() {
    return List.of();
  }
}
