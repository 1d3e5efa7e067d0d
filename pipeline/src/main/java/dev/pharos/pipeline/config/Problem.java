package dev.pharos.pipeline.config;

/// One thing that is wrong, or doubtful, in a configuration.
///
/// @param path the keys that lead to it joined by `::`, empty for the whole configuration
/// @param message what is wrong, the offending value and what was expected
public record Problem(Severity severity, Position position, String path, String message) {
  /// How bad it is.
  public enum Severity {
    /// The configuration is refused.
    ERROR,
    /// The configuration is accepted and the user is told.
    WARNING
  }

  /// `file:line:column: path: message`.
  @Override
  public String toString() {
    String where = position.line() == 0 ? position.file() : position.toString();
    return where + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
