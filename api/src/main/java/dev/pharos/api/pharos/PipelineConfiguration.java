package dev.pharos.api.pharos;

import java.util.List;

/// The configuration that runs, as it takes effect and without its secrets.
///
/// @param sources what it was read of, in order
/// @param text the whole as YAML
public record PipelineConfiguration(List<String> sources, String text, List<Part> parts) {
  public static final PipelineConfiguration NONE =
      new PipelineConfiguration(List.of(), "", List.of());

  /// A configured component, whether or not a pipeline names it.
  ///
  /// @param kind `receiver`, `processor`, `exporter`, `connector` or `extension`
  /// @param position `file:line:column`; empty if it stands in no file
  /// @param text its own part of the YAML
  public record Part(String kind, String name, String position, String text) {}

  public PipelineConfiguration {
    sources = List.copyOf(sources);
    parts = List.copyOf(parts);
  }
}
