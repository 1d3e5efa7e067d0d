package dev.pharos.app.query;

import java.util.Optional;

/// Reads the configuration again and takes it up. Any thread; one after the other.
@FunctionalInterface
public interface Reload {
  /// @return why it was refused, while the one that runs goes on; empty if it is taken up
  Optional<String> reload();
}
