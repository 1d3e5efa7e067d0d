package dev.pharos.components.attributes;

import dev.pharos.model.Client;
import dev.pharos.model.edit.Attributes;
import dev.pharos.model.edit.BatchEditor;
import java.util.Optional;

/// `insert`, `update` and `upsert`: sets a value from the configuration, from another attribute or from who sent the
/// request. Without a source nothing is set.
///
/// @param value to set, if there is no other source or it has none
/// @param adds where the key is missing
/// @param replaces where it is there
record Setting(
    String key,
    Optional<ConfiguredValue> value,
    String fromAttribute,
    Optional<ContextValue> fromContext,
    boolean adds,
    boolean replaces)
    implements Action {
  static Setting of(ActionConfig config, boolean adds, boolean replaces) {
    return new Setting(
        config.key(),
        config.value().or(config::defaultValue).flatMap(ConfiguredValue::of),
        config.fromAttribute(),
        Optional.of(config.fromContext()).filter(name -> !name.isEmpty()).map(ContextValue::new),
        adds,
        replaces);
  }

  @Override
  public Action of(Client client) {
    Optional<ConfiguredValue> known =
        fromContext.flatMap(context -> context.of(client)).flatMap(ConfiguredValue::of);
    return known.isEmpty()
        ? this
        : new Setting(key, known, fromAttribute, Optional.empty(), adds, replaces);
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
