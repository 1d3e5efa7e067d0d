package dev.pharos.pipeline.config;

import java.util.List;
import java.util.Optional;

/// Where a node comes from.
///
/// @param position the place of the value, or of the reference that was expanded into it
/// @param text the original text of an expanded value, which is what a text field receives; empty if nothing was
///     expanded
/// @param emptyVariables the environment variables that were unset or empty when the value was expanded
public record Origin(Position position, Optional<String> text, List<String> emptyVariables) {
  public Origin {
    emptyVariables = List.copyOf(emptyVariables);
  }

  /// The origin of a value that stands literally at `position`.
  public static Origin at(Position position) {
    return new Origin(position, Optional.empty(), List.of());
  }
}
