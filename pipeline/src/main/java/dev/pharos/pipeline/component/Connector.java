package dev.pharos.pipeline.component;

/// Exporter of some pipelines and receiver of others: made with the sinks of the latter.
public interface Connector extends Component {
  /// The signals it takes.
  Sinks sinks();
}
