package dev.pharos.pipeline.config.schema;

import dev.pharos.pipeline.config.ConfigNode;
import java.util.List;
import java.util.Optional;

/// Decodes one kind of configuration value. Immutable.
public interface ConfigType<T> {
  /// What the reference calls it: `duration`, `list of text`.
  String name();

  /// The value of `node`; empty if it is not of this type, which then has been reported.
  ///
  /// `node` is a null only if [#takesNull] says so, or as an item of a list or map.
  Optional<T> decode(ConfigNode node, Decoding at);

  /// Whether a null that was expanded from an empty variable is decoded; otherwise it means the default.
  default boolean takesNull() {
    return false;
  }

  /// The node of a default written in a schema.
  default ConfigNode defaultNode(String text) {
    return ConfigNode.of(text);
  }

  /// The node as `print-config` shows it: defaults filled in, secrets hidden if `redact`.
  default ConfigNode printed(ConfigNode node, boolean redact) {
    return node;
  }

  /// The keys inside it, if it is a section.
  default List<Field> fields() {
    return List.of();
  }
}
