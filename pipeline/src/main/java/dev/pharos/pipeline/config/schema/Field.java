package dev.pharos.pipeline.config.schema;

/// One key of a section, as the configuration reference lists it.
///
/// @param defaultText the default as YAML; for an optional or deprecated key, which has none, the empty text
/// @param doc one line that says what it does
public record Field(
    String key, ConfigType<?> type, Presence presence, String defaultText, String doc) {
  /// What it means that the key is absent.
  public enum Presence {
    /// The default holds.
    DEFAULTED,
    /// The thing is off or unset.
    OPTIONAL,
    /// An old key that still works; `doc` names the one to use.
    DEPRECATED
  }
}
