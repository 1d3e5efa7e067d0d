package dev.pharos.pipeline.config.service;

/// The kinds of components, each a top-level section.
public enum ComponentKind {
  RECEIVER("receiver"),
  PROCESSOR("processor"),
  EXPORTER("exporter"),
  CONNECTOR("connector"),
  EXTENSION("extension");

  private final String label;

  ComponentKind(String label) {
    this.label = label;
  }

  /// `receiver`, `processor` and so on.
  public String label() {
    return label;
  }

  /// The key of its section, the plural of its label.
  public String section() {
    return label + "s";
  }
}
