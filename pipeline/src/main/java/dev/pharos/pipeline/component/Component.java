package dev.pharos.pipeline.component;

/// A part of a running pipeline. [#start] and [#stop] are each called once, by one thread; between them any thread may
/// use what the component offers.
public interface Component {
  /// Opens what the component needs. Everything downstream has been started before.
  ///
  /// @throws ComponentException if it cannot run
  default void start() {}

  /// Whether it holds what there is one of, such as a file, so that it has to stop before a successor of the same id
  /// starts.
  default boolean isExclusive() {
    return false;
  }

  /// Finishes or refuses what is under way and gives back what [#start] took. Everything upstream has been stopped
  /// before.
  default void stop() {}
}
