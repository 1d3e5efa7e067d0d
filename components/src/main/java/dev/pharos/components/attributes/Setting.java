package dev.pharos.components.attributes;

import dev.pharos.model.edit.Attributes;
import dev.pharos.model.edit.BatchEditor;
import java.util.Optional;

/// `insert`, `update` and `upsert`: sets a value from the configuration or from another attribute. Without a source
/// nothing is set.
final class Setting implements Action {
  private final String key;
  private final Optional<ConfiguredValue> value;
  private final String fromAttribute;
  private final boolean adds;
  private final boolean replaces;

  /// @param adds where the key is missing
  /// @param replaces where it is there
  Setting(ActionConfig config, boolean adds, boolean replaces) {
    this.key = config.key();
    this.value = config.value().or(config::defaultValue).flatMap(ConfiguredValue::of);
    this.fromAttribute = config.fromAttribute();
    this.adds = adds;
    this.replaces = replaces;
  }

  @Override
  public void apply(BatchEditor<?> editor, Attributes attributes) {
    int index = attributes.find(key);
    if (index < 0 ? !adds : !replaces) {
      return;
    }
    if (!fromAttribute.isEmpty()) {
      int source = attributes.find(fromAttribute);
      if (source >= 0) {
        put(attributes, key, attributes.type(source), attributes.value(source));
      }
    } else if (value.isPresent()) {
      ConfiguredValue configured = value.get();
      put(attributes, key, configured.type(), configured.value(editor));
    }
  }

  /// Sets a key so that it is there once: a second attribute with the same key would keep what was to be replaced.
  static void put(Attributes attributes, String key, byte type, long value) {
    attributes.set(key, type, value);
    int first = attributes.find(key);
    int symbol = attributes.key(first);
    for (int i = attributes.size() - 1; i > first; i--) {
      if (attributes.key(i) == symbol) {
        attributes.remove(i);
      }
    }
  }
}
