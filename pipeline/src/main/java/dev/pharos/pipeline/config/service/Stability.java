package dev.pharos.pipeline.config.service;

import java.util.Locale;

/// How much a user may rely on a component.
public enum Stability {
  DEVELOPMENT,
  ALPHA,
  BETA,
  STABLE,
  DEPRECATED;

  /// As `components` prints it: `Stable`.
  public String label() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }
}
