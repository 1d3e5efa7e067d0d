package dev.pharos.pipeline.config;

import java.util.List;

/// A configuration is refused. The message has one line for each error.
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> errors;
  private final transient List<Problem> warnings;

  public ConfigException(List<Problem> errors, List<Problem> warnings) {
    super(String.join("\n", errors.stream().map(Problem::toString).toList()));
    this.errors = List.copyOf(errors);
    this.warnings = List.copyOf(warnings);
  }

  /// Every error, in the order found; at least one.
  public List<Problem> errors() {
    return errors;
  }

  /// The warnings that were noted before the refusal.
  public List<Problem> warnings() {
    return warnings;
  }
}
