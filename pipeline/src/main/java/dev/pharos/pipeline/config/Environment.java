package dev.pharos.pipeline.config;

import java.util.Optional;

/// The environment variables that a configuration may refer to.
@FunctionalInterface
public interface Environment {
  /// The value of `name`, which may be the empty text; empty if the variable is not set.
  Optional<String> lookup(String name);
}
