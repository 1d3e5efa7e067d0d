package dev.pharos.pipeline.config.service;

import dev.pharos.model.Signal;
import dev.pharos.pipeline.config.schema.Nearest;
import java.util.Arrays;
import java.util.List;

/// The id of a pipeline, `signal` or `signal/name`.
///
/// @param name empty if the id has none
public record PipelineId(Signal signal, String name) {
  private static final List<String> SIGNALS =
      Arrays.stream(Signal.values()).map(Signal::label).toList();

  /// Reads an id.
  ///
  /// @throws IllegalArgumentException with what is wrong with `text` and what was expected
  public static PipelineId parse(String text) {
    int slash = text.indexOf('/');
    String label = (slash < 0 ? text : text.substring(0, slash)).strip();
    String name = slash < 0 ? "" : text.substring(slash + 1).strip();
    if (slash >= 0 && (label.isEmpty() || name.isEmpty())) {
      String part = label.isEmpty() ? "before" : "after";
      throw new IllegalArgumentException(
          "id \"" + text + "\": the part " + part + " / must not be empty");
    }
    for (Signal signal : Signal.values()) {
      if (signal.label().equals(label)) {
        return new PipelineId(signal, name);
      }
    }
    if (label.equals("profiles")) {
      throw new IllegalArgumentException(
          "profiles are not supported (expected: one of " + SIGNALS + ")");
    }
    String hint = Nearest.hint(label, SIGNALS);
    throw new IllegalArgumentException(
        "unknown pipeline signal: \""
            + label
            + "\""
            + hint
            + " (expected: one of "
            + SIGNALS
            + ")");
  }

  @Override
  public String toString() {
    return name.isEmpty() ? signal.label() : signal.label() + "/" + name;
  }
}
