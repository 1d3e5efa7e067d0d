package dev.pharos.pipeline.component;

/// Something beside the pipelines: the store, the query APIs, health, authentication.
public interface Extension extends Component {
  @Override
  default boolean isExclusive() {
    return true;
  }

  /// All pipelines are running.
  default void ready() {}
}
