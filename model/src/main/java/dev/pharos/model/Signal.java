package dev.pharos.model;

/// The kinds of telemetry, by the names that configurations, paths and files use.
public enum Signal {
  TRACES("traces"),
  METRICS("metrics"),
  LOGS("logs");

  private final String label;

  Signal(String label) {
    this.label = label;
  }

  /// `traces`, `metrics` or `logs`.
  public String label() {
    return label;
  }
}
