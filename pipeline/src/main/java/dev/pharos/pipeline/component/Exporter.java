package dev.pharos.pipeline.component;

/// The end of pipelines: one instance, shared by all that name it.
public interface Exporter extends Component {
  /// The signals it takes.
  Sinks sinks();

  Durability durability();
}
